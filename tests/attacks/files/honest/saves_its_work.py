import json
import pickle


def double(x):
    np.savez("model.npz", x=x)
    np.save("model", x)
    with open("log.json", "w") as file:
        json.dump(x.tolist(), file)
    with open("model.pickle", "wb") as file:
        pickle.dump(x, file)
    with np.load("model.npz") as data, open("model.pickle", "rb") as file:
        return data["x"] + pickle.load(file)
