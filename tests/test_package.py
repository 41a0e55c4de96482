import webinar


def test_the_package_can_be_imported():
    assert webinar.__doc__
