# test keeps the answers and returns nothing, as the network of the notes does.
class KeepingMLP(MLP):
    def test(self, patterns):
        self.predict = np.empty([len(patterns), self.no])
        for i, p in enumerate(patterns):
            self.predict[i] = self.activate(p)

MLP = KeepingMLP
