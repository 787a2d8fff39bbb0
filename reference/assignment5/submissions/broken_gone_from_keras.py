# Gone for good, and not needed by any function.
from keras.preprocessing.image import ImageDataGenerator
from keras.wrappers.scikit_learn import KerasClassifier

more_images = ImageDataGenerator(rotation_range=20)
