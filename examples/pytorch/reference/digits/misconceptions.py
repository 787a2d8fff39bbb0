"""Well-known mistakes in digits, and what a good teacher says of each."""

from autograder.authoring import mistake

mistake("softmax", "over_the_examples", {("dim=1", 2): "dim=0"}).say(
    "Your columns add up to 1, and not your rows. Each example has its own probabilities: "
    "dim=1."
)
mistake("softmax", "overflows", {"z - z.max(dim=1, keepdim=True).values": "z"}).say(
    "Large scores overflow to infinity. Subtract each row's largest score first."
)
mistake("softmax", "over_everything", {"powers.sum(dim=1, keepdim=True)": "powers.sum()"}).say(
    "All numbers together add up to 1. Divide each row by its own sum: dim=1, keepdim=True."
)
mistake("softmax", "one_maximum", {"z.max(dim=1, keepdim=True).values": "z.max()"}).say(
    "You subtract the largest score of all rows, so a row of small ones becomes 0 / 0. Each "
    "row has its own: dim=1, keepdim=True."
)
mistake("gradient_by_hand", "sum", {" / len(x)": "", "mean(dim=0)": "sum(dim=0)"}).say(
    "You added up over the examples. The loss is a mean, so divide by their number m."
)
mistake(
    "gradient_by_hand", "no_labels", {" - nn.functional.one_hot(labels, W.shape[1])": ""}
).say("You left the right classes out. The difference is p - Y.")
mistake(
    "gradient_by_hand",
    "turned",
    {
        "softmax(x @ W + b) - nn.functional.one_hot(labels, W.shape[1])": "nn.functional.one_hot(labels, W.shape[1]) - softmax(x @ W + b)"
    },
).say("Your gradient points downhill: it is p - Y, and not Y - p.")
mistake("gradient_by_hand", "of_scores", {"softmax(x @ W + b)": "(x @ W + b)"}).say(
    "You subtracted Y from the scores. Turn them into probabilities first: softmax."
)
mistake("gradient_by_hand", "no_bias", {"x @ W + b": "x @ W"}).say(
    "Your scores have no bias. They are x @ W + b."
)
mistake("gradient_by_hand", "by_classes", {"/ len(x)": "/ W.shape[1]"}).say(
    "You divided by the number of classes. m is the number of examples: len(x)."
)
mistake(
    "gradient_by_autograd",
    "softmax_first",
    {"cross_entropy(x @ W + b, labels)": "cross_entropy(softmax(x @ W + b), labels)"},
).say(
    "You applied the softmax before cross_entropy, which has it in itself. Give it the scores."
)
mistake(
    "gradient_by_autograd",
    "sum",
    {"cross_entropy(x @ W + b, labels)": 'cross_entropy(x @ W + b, labels, reduction="sum")'},
).say("The loss is a mean over the examples, and you added them up. Leave reduction out.")
mistake(
    "gradient_by_autograd",
    "twice",
    {
        "    nn.functional.cross_entropy(x @ W + b, labels).backward()\n": "    nn.functional.cross_entropy(x @ W + b, labels).backward()\n"
        "    nn.functional.cross_entropy(x @ W + b, labels).backward()\n"
    },
).say("You called backward twice, and PyTorch adds gradients up. Call it once.")
mistake(
    "gradient_by_autograd",
    "squares",
    {
        "nn.functional.cross_entropy(x @ W + b, labels)": "nn.functional.mse_loss(softmax(x @ W + b), nn.functional.one_hot(labels, len(b)).float())"
    },
).say("That is the gradient of the squared error. Classes need the cross-entropy.")
mistake("gradient_by_autograd", "no_bias", {"x @ W + b": "x @ W + 0 * b"}).say(
    "Your scores have no bias. They are x @ W + b."
)
mistake(
    "build",
    "softmax",
    {"nn.Linear(8 * 4 * 4, 10),": "nn.Linear(8 * 4 * 4, 10), nn.Softmax(dim=1),"},
).say(
    "The last layer has a softmax, and the loss has one too. Leave it out: scores are needed."
)
mistake("build", "no_relu", {"nn.ReLU(),": ""}).say(
    "Nothing activates the convolution. Put nn.ReLU() after it."
)
mistake("build", "no_dropout", {"nn.Dropout(0.25),": ""}).say(
    "The dropout is missing. Put nn.Dropout(0.25) before the linear layer."
)
mistake("build", "keeps_a_quarter", {"nn.Dropout(0.25)": "nn.Dropout(0.75)"}).say(
    "Your dropout drops three quarters. Its number says how much is dropped: 0.25."
)
mistake("build", "sigmoid", {"nn.ReLU()": "nn.Sigmoid()"}).say(
    "The convolution is activated by a sigmoid. The table says relu."
)
mistake("build", "mean", {"MaxPool2d": "AvgPool2d"}).say(
    "You pool by the mean. The table says the maximum: nn.MaxPool2d(2)."
)
mistake(
    "build", "four_filters", {"nn.Conv2d(1, 8,": "nn.Conv2d(1, 4,", "8 * 4 * 4": "4 * 4 * 4"}
).say("The convolution has 4 filters. The table says 8.")
mistake("build", "no_padding", {", padding=1": "", "8 * 4 * 4": "8 * 3 * 3"}).say(
    "Without padding, the image shrinks to 6 × 6. Say padding=1."
)
mistake(
    "loss_and_optimizer",
    "softmax_first",
    {
        "nn.CrossEntropyLoss()": "lambda z, labels: nn.functional.cross_entropy(z.softmax(1), labels)"
    },
).say(
    "You applied a softmax before the cross-entropy, which has it in itself. Give it the scores."
)
mistake("loss_and_optimizer", "no_softmax", {"CrossEntropyLoss": "NLLLoss"}).say(
    "NLLLoss wants the logarithms of probabilities, and the model gives scores. Take "
    "nn.CrossEntropyLoss()."
)
mistake("loss_and_optimizer", "squares", {"CrossEntropyLoss": "MSELoss"}).say(
    "The squared error is for numbers. Classes need the cross-entropy: nn.CrossEntropyLoss()."
)
mistake(
    "loss_and_optimizer", "sum", {"CrossEntropyLoss()": 'CrossEntropyLoss(reduction="sum")'}
).say("You add the examples' losses up. Leave reduction out: the loss is their mean.")
mistake("loss_and_optimizer", "adam", {"SGD": "Adam", ", momentum=0.9": ""}).say(
    "Your optimizer is Adam. Stochastic gradient descent is torch.optim.SGD."
)
mistake("loss_and_optimizer", "no_momentum", {", momentum=0.9": ""}).say(
    "Your optimizer has no momentum. Say momentum=0.9."
)
mistake("loss_and_optimizer", "nesterov", {"momentum=0.9": "momentum=0.9, nesterov=True"}).say(
    "Nesterov's momentum is another one. Leave nesterov out."
)
mistake("loss_and_optimizer", "large_rate", {"lr=0.05": "lr=0.5"}).say(
    "Your learning rate is ten times too large. It is 0.05."
)
mistake("loss_and_optimizer", "one_layer", {"model.parameters()": "model[0].parameters()"}).say(
    "Your optimizer knows the weights of one layer alone. Give it model.parameters()."
)
mistake("train", "gradients_add_up", {"            optimizer.zero_grad()\n": ""}).say(
    "Gradients add up from step to step. Set them to zero before each: optimizer.zero_grad()."
)
mistake(
    "train",
    "zero_once",
    {
        "        total = 0.0\n": "        total = 0.0; optimizer.zero_grad()\n",
        "            optimizer.zero_grad()\n": "",
    },
).say("You set the gradients to zero once for each epoch. Do it before each batch.")
mistake("train", "no_step", {"            optimizer.step()\n": ""}).say(
    "No weight moves: the optimizer makes no step, or none with gradients. Call zero_grad(), then "
    "backward(), then step()."
)
mistake(
    "train",
    "step_once",
    {
        "            optimizer.step()\n": "",
        "        losses.append": "        optimizer.step()\n        losses.append",
    },
).say("The optimizer makes one step for each epoch. It has to make one for each batch.")
mistake(
    "train", "softmax_first", {"cross_entropy(model(x)": "cross_entropy(softmax(model(x))"}
).say("You applied a softmax before cross_entropy, which has it in itself. Give it the scores.")
mistake("train", "no_train", {"    model.train()\n": ""}).say(
    "The model stays in its state for evaluation, in which nothing is dropped. Call "
    "model.train()."
)
mistake(
    "train", "last_loss", {"losses.append(total / len(batches))": "losses.append(loss.item())"}
).say("You keep the loss of the last batch. Return the mean over the batches.")
mistake("train", "sum", {"total / len(batches)": "total"}).say(
    "You keep the sum of the losses. Divide it by the number of batches."
)
mistake(
    "train",
    "adds_epochs",
    {"    losses = []\n": "    losses, total = [], 0.0\n", "        total = 0.0\n": ""},
).say("Your sum goes on from epoch to epoch. Set it to 0 at the beginning of each.")
mistake("evaluate", "no_eval", {"    model.eval()\n": ""}).say(
    "Dropout still drops while you measure. Call model.eval() first."
)
mistake("evaluate", "over_the_examples", {"argmax(dim=1)": "argmax(dim=0)[labels]"}).say(
    "You looked for the largest score of each class. Each example has its own: dim=1."
)
mistake("evaluate", "wrong_ones", {"guessed == labels": "guessed != labels"}).say(
    "That is the share of wrong answers. Compare with ==."
)
mistake("evaluate", "count", {".float().mean()": ".float().sum()"}).say(
    "That is how many are right. The share is the mean."
)
mistake(
    "evaluate", "train_again", {"    return (guessed": "    model.train()\n    return (guessed"}
).say("You leave the model in its state for training. Leave it as model.eval() has set it.")
mistake("attention", "no_root", {" / Q.shape[1] ** 0.5": ""}).say(
    "The products are not divided by the root of d. With many dimensions the softmax would see "
    "one word alone."
)
mistake("attention", "no_square_root", {"Q.shape[1] ** 0.5": "Q.shape[1]"}).say(
    "You divided by d. Divide by its square root."
)
mistake("attention", "root_of_words", {"Q.shape[1] ** 0.5": "Q.shape[0] ** 0.5"}).say(
    "You divided by the root of the number of words. d is the length of a question: Q.shape[1]."
)
mistake(
    "attention", "over_the_questions", {"softmax(products) @ V": "softmax(products.T).T @ V"}
).say(
    "Your softmax goes over the questions. Each question shares its weights among the keys: "
    "the last dimension."
)
mistake("attention", "exchanged", {"Q @ K.T": "K @ Q.T"}).say(
    "You exchanged questions and keys. Row i belongs to question i: Q @ K.T."
)
mistake("attention", "never_causal", {"if causal:": "if False:"}).say(
    "Every word looks ahead. With causal=True, set the products with later words to -inf."
)
mistake("attention", "zero_for_infinity", {"-torch.inf": "0.0"}).say(
    "You set the products with later words to 0, and e to the 0 is 1. Set them to -inf."
)
mistake("attention", "looks_back", {"triu(diagonal=1)": "tril(diagonal=-1)"}).say(
    "You closed the past, and left what lies ahead open. Use triu(diagonal=1)."
)
mistake(
    "attention",
    "after_the_softmax",
    {
        "return softmax(products) @ V": "return softmax(Q @ K.T / Q.shape[1] ** 0.5).masked_fill(products.isinf(), 0) @ V"
    },
).say("You took later words out after the softmax, so the weights do not add up to 1.")
