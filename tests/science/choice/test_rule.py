import pytest

from harmonia.science.choice import ElectionError, Rule, rule_from_dict, rule_hash, rule_to_dict


def test_a_rule_survives_the_way_through_its_canonical_dict() -> None:
    rule = Rule(completion="add1", stop="overshoot", ties="cost,votes,lot", seed="dice of 3 May")

    assert rule_from_dict(rule_to_dict(rule)) == rule


def test_every_word_of_a_rule_is_in_its_hash() -> None:
    rules = [
        Rule(),
        Rule(utility="approval"),
        Rule(completion="add1"),
        Rule(stop="overshoot"),
        Rule(ties="cost"),
    ]

    assert len({rule_hash(rule) for rule in rules}) == len(rules)


def test_the_hash_never_changes_between_versions() -> None:
    assert rule_hash(Rule()) == "7cab591824ca8dd533fb073b197e1447730755e8dcf5a72d4a4040e51bdd1d13"


def test_the_name_says_the_whole_rule() -> None:
    rule = Rule(completion="add1", stop="overshoot", ties="votes,name")

    assert rule.name == (
        "Method of Equal Shares, cost utility, completion add1, stop overshoot, ties by votes, then name"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"method": "dice"}, "'dice' is no rule"),
        ({"ties": "name,luck"}, "'luck' is no tie rule"),
        ({"ties": "lot"}, "Ties by lot need a seed"),
    ],
)
def test_a_rule_nobody_knows_is_refused(words: dict[str, str], sentence: str) -> None:
    with pytest.raises(ElectionError, match=sentence):
        Rule(**words)
