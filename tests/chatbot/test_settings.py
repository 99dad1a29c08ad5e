"""Settings come from code, environment or file, and a wrong one is refused by name and value."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.settings import PREFIX, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The developer's own ascl-chat.toml must not reach a test."""
    monkeypatch.chdir(tmp_path)


def test_every_default_works_offline_on_one_machine() -> None:
    settings = load_settings()
    assert settings.host == "127.0.0.1"
    assert (settings.corpus_folder / "documents").is_dir()
    assert settings.contact_name == settings.contact_address == ""
    assert settings.run_by_ascl == "not stated"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "0"),
        ("port", "seventy"),
        ("port", "65536"),
        ("model", ""),
        ("host", ""),
        ("path_prefix", "assistant"),
        ("path_prefix", "/assistant/"),
        ("path_prefix", "//evil.example"),
        ("path_prefix", "/a b"),
        ("path_prefix", "/a?b"),
        ("path_prefix", "/../a"),
        ("public_address", "https://"),
        ("allowed_hosts", '["ex*mple.com"]'),
        ("allowed_hosts", '["https://example.org"]'),
        ("allowed_hosts", '["example.org:80"]'),
        ("frame_ancestors", '["https://例え.jp"]'),
        ("allowed_origins", '["ftp://example.org"]'),
        ("allowed_origins", '["https://example.org/page"]'),
        ("frame_ancestors", '["https://a.example; script-src *"]'),
        ("accent_colour", "blue"),
        ("accent_colour_dark", "#12345g"),
        ("run_by_ascl", "perhaps"),
        ("contact_address", "javascript:alert(1)"),
        ("emergency_message", ""),
        ("question_limit", "10"),
        ("history_limit", "-1"),
        ("answer_threshold", "1.5"),
        ("quote_limit", "0"),
        ("concurrency", "0"),
        ("log_level", "loud"),
        ("service_name", ""),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence_with_setting_and_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + name.upper(), value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    message = str(refused.value)
    assert PREFIX + name.upper() in message
    assert (value in message or value.strip('[]"') in message) if value else "''" in message
    assert message[0].isupper() and message.endswith(".") and "\n" not in message


@pytest.mark.parametrize("name", ["allowed_hosts", "allowed_origins", "starter_questions"])
def test_a_list_that_is_not_json_is_refused_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + name.upper(), "www.example.org")
    with pytest.raises(SettingsError, match=name):
        load_settings()


def test_a_mistyped_variable_is_refused_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASCL_CHAT_PROT", "8000")
    with pytest.raises(SettingsError, match=r"^ASCL_CHAT_PROT is not a setting\. Known settings: .*ASCL_CHAT_PORT"):
        load_settings()


def test_a_mistyped_name_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ascl-chat.toml").write_text("prot = 8000\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="PROT"):
        load_settings()


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ascl-chat.toml").write_text("port: 8000\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"could not be read"):
        load_settings()


def test_code_wins_over_environment_and_environment_over_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ascl-chat.toml").write_text('port = 8001\nservice_name = "From the file"\n', encoding="utf-8")
    assert load_settings().port == 8001
    monkeypatch.setenv("ASCL_CHAT_PORT", "8002")
    assert load_settings().port == 8002
    assert load_settings(port=8003).port == 8003
    assert load_settings().service_name == "From the file"


def test_every_setting_can_be_set_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASCL_CHAT_ALLOWED_ORIGINS", '["https://www.example.org"]')
    monkeypatch.setenv("ASCL_CHAT_QUOTE_LIMIT", "3")
    monkeypatch.setenv("ASCL_CHAT_ANSWER_THRESHOLD", "0.5")
    settings = load_settings()
    assert (settings.allowed_origins, settings.quote_limit, settings.answer_threshold) == (("https://www.example.org",), 3, 0.5)


def test_every_setting_says_what_it_is_for() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description and field.description.endswith("."), name


def test_every_public_number_has_the_date_it_was_checked() -> None:
    assert "last checked on 20" in (Settings.model_fields["emergency_message"].description or "")


def test_settings_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1
