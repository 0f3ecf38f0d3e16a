#include "ui/settings/SettingTexts.h"

#include "ui/limits/LimitTexts.h"
#include "ui/settings/SettingGroups.h"
#include "ui/settings/SettingNow.h"
#include "ui/settings/SettingsDraft.h"
#include "ui/settings/WrittenDuration.h"
#include "ui/settings/words/SettingWords.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString secondsInWords(qint64 seconds) { return Times::exactly(Seconds {seconds}); }

QString durationInWords(const QString &value)
{
    const auto written = WrittenDuration::of(value);
    return written ? secondsInWords(written->seconds()) : UiTexts::foreign(value);
}

QString rateInWords(const QString &value)
{
    const auto written = WrittenRate::of(value);
    if (!written)
        //: The value of a setting that limits how often something may be tried: it limits nothing.
        return value == "off"_L1 ? SettingTexts::tr("no limit") : UiTexts::foreign(value);
    const QString burst = written->burst.isEmpty() ? written->amount : written->burst;
    //: The value of a setting: a number (%1) in a span of time (%2), and how many of them may come at once (%3).
    return SettingTexts::tr("%1 in %2, %3 at once").arg(written->amount, durationInWords(written->period), burst);
}

QString numberInWords(const QString &key, const QString &value)
{
    bool isNumber = false;
    const qint64 number = value.toLongLong(&isNumber);
    const QString shown = isNumber ? UiTexts::count(number) : UiTexts::foreign(value);
    const QString unit = SettingTexts::unit(key);
    //: The value of a setting: a number (%1) and its unit (%2), "65,536 bytes".
    return unit.isEmpty() ? shown : SettingTexts::tr("%1 %2").arg(shown, unit);
}

} // namespace

QString SettingTexts::name(const QString &key)
{
    const SettingWords *words = setting_words::find(key);
    if (!words)
        return key;
    return words->name ? tr(words->name) : LimitTexts::name(key.section(u'.', 1));
}

QString SettingTexts::sentence(const SettingView &setting)
{
    const SettingWords *words = setting_words::find(setting.key);
    return words ? tr(words->sentence) : UiTexts::foreign(setting.text);
}

QString SettingTexts::searchText(const SettingView &setting)
{
    return QStringList {name(setting.key), setting.key, sentence(setting), SettingGroups::name(SettingGroups::of(setting.key))}.join(u'\n');
}

QString SettingTexts::unit(const QString &key)
{
    if (key == "http.min_body_rate"_L1)
        //: Unit behind a number.
        return tr("bytes a second");
    if (key.endsWith("_kib"_L1))
        //: Unit behind a number: 1024 bytes.
        return tr("KiB");
    //: Unit behind a number.
    return key.endsWith("_bytes"_L1) ? tr("bytes") : QString();
}

QString SettingTexts::value(const SettingView &setting, const QString &value)
{
    if (setting.secret)
        return value.isEmpty() ? /*: Of a secret, such as a password. */ tr("not set")
                               : /*: Of a secret, such as a password. */ tr("is set");
    if (value.isEmpty())
        //: The value of a setting: an empty text or list.
        return tr("nothing");
    switch (setting.type) {
    case SettingType::Boolean:
        return value == "true"_L1 ? /*: The value of a setting that is a switch. */ tr("On")
                                  : /*: The value of a setting that is a switch. */ tr("Off");
    case SettingType::Integer: return numberInWords(setting.key, value);
    case SettingType::Duration:
        //: The value of a setting that is a span of time: 0.
        return setting.mayBeNever && WrittenDuration::of(value) && WrittenDuration::of(value)->seconds() == 0 ? tr("never")
                                                                                                              : durationInWords(value);
    case SettingType::Rate: return rateInWords(value);
    case SettingType::List: return UiTexts::foreign(value.split(u',').join(u", "_s));
    case SettingType::Text: return UiTexts::foreign(value);
    }
    Q_UNREACHABLE_RETURN({});
}

QString SettingTexts::change(const SettingView &setting, const QString &chosen)
{
    const QString before = setting_now::value(setting);
    if (setting.secret && !chosen.isEmpty() && !before.isEmpty())
        //: What becomes of a secret that is set already.
        return tr("is set → another one");
    //: What becomes of a setting: the value before (%1) and the value that was chosen (%2).
    return tr("%1 → %2").arg(value(setting, before), value(setting, chosen));
}

QString SettingTexts::effect(SettingEffect effect)
{
    switch (effect) {
    //: When a change of a setting acts: without a restart, and nobody loses a connection by it.
    case SettingEffect::AtOnce: return tr("Acts at once");
    //: When a change of a setting acts: after the server's process was ended and started again.
    case SettingEffect::AfterRestart: return tr("Acts after a restart");
    }
    Q_UNREACHABLE_RETURN({});
}

QString SettingTexts::facts(const SettingView &setting)
{
    //: The value that a setting has while nobody sets it.
    QStringList phrases {tr("Default: %1").arg(value(setting, setting.defaultValue)), effect(setting.effect)};
    if (setting_now::source(setting) == SettingSource::Stored)
        //: Where the value of a setting comes from: somebody chose it in this window.
        phrases += tr("Chosen here");
    return UiTexts::inOneLine(phrases);
}

QString SettingTexts::fault(const SettingView &setting, const QString &said)
{
    if (!setting.choices.isEmpty())
        //: Below a setting; %1 are the values that it may have.
        return tr("One of these is needed: %1.").arg(setting.choices.join(u", "_s));
    const bool isBounded = setting.least && setting.most;
    if (setting.type == SettingType::Integer && isBounded)
        //: Below a setting; both are numbers.
        return tr("A whole number from %1 to %2 is needed.").arg(UiTexts::count(*setting.least), UiTexts::count(*setting.most));
    if (setting.type == SettingType::Duration && isBounded && setting.mayBeNever)
        //: Below a setting; both are spans of time such as 3 min.
        return tr("A time from %1 to %2 is needed, or 0 for never.").arg(secondsInWords(*setting.least), secondsInWords(*setting.most));
    if (setting.type == SettingType::Duration && isBounded)
        //: Below a setting; both are spans of time such as 3 min.
        return tr("A time from %1 to %2 is needed.").arg(secondsInWords(*setting.least), secondsInWords(*setting.most));
    return UiTexts::of(Fault {.type = u"value_error"_s, .location = {setting.key}, .message = said});
}

QString SettingTexts::lock(const SettingView &setting)
{
    const QString place = setting_now::place(setting);
    const QString line = place.section(u':', -1);
    switch (setting_now::source(setting)) {
    case SettingSource::File:
        if (!line.isEmpty() && std::ranges::all_of(line, [](QChar c) { return c.isDigit(); }))
            //: Below a setting that cannot be changed here; %1 is a file, %2 the number of a line.
            return tr("Set by %1, line %2: change it there.").arg(UiTexts::foreign(place.section(u':', 0, -2)), line);
        //: Below a setting that cannot be changed here; %1 is a file.
        return tr("Set by %1: change it there.").arg(UiTexts::foreign(place));
    case SettingSource::Environment:
        //: Below a setting that cannot be changed here; %1 is the name of a variable.
        return tr("Set by the variable %1: change it there.").arg(UiTexts::foreign(place));
    case SettingSource::CommandLine:
        //: Below a setting that cannot be changed here; %1 is an option of the command line.
        return tr("Set on the command line by %1: change it there.").arg(UiTexts::foreign(place));
    case SettingSource::Default:
    case SettingSource::Stored:  return {};
    }
    Q_UNREACHABLE_RETURN({});
}

QString SettingTexts::moved(const SettingView &setting)
{
    //: Below a setting that somebody is about to change; %1 is the value that somebody else has given it in the meantime.
    return tr("It was changed elsewhere meanwhile, and is now: %1. Your change stands until you apply it or take it back.")
        .arg(value(setting, setting_now::value(setting)));
}

QString SettingTexts::waiting(const SettingView &setting)
{
    if (!setting.waiting)
        return {};
    //: Below a setting that was changed; %1 is the value from before, which goes on until the server's process was started again.
    return tr("Until the server is restarted it goes on with: %1.").arg(value(setting, setting.value));
}

QString SettingTexts::secret(bool isSet)
{
    return isSet ? /*: In the empty field of a secret. */ tr("Is set. Type another one to replace it.")
                 : /*: In the empty field of a secret. */ tr("Not set");
}

QString SettingTexts::changes(const SettingsDraft &draft)
{
    if (draft.isEmpty())
        //: At the bottom of the settings: nothing was changed that is not applied yet.
        return tr("No changes");
    //: At the bottom of the settings: how many were changed and not applied yet.
    QStringList phrases {tr("%Ln change(s)", nullptr, int(draft.size()))};
    if (const auto wrong = draft.wrongKeys().size(); wrong > 0)
        //: Behind a number of changes: how many of them the server would refuse.
        phrases += tr("%1 not possible").arg(UiTexts::count(wrong));
    return UiTexts::inOneLine(phrases);
}

QString SettingTexts::stored(const QList<SettingChoice> &choices, const QStringList &waiting)
{
    QList<SettingChoice> later = choices;
    later.removeIf([&waiting](const SettingChoice &each) { return !waiting.contains(each.key); });
    const int number = int(choices.size());
    if (later.isEmpty())
        //: Said after settings were changed.
        return tr("%Ln setting(s) stored, and in force.", nullptr, number);
    //: Said after settings were changed. A sentence follows that names those that act later.
    const QString stored = tr("%Ln setting(s) stored.", nullptr, number);
    //: Said after settings were changed; %1 are the names of those that act later.
    return stored + u' ' + tr("After a restart of the server act: %1.").arg(names(later));
}

QString SettingTexts::storing(const QList<SettingChoice> &choices)
{
    if (choices.size() == 1)
        //: What was done and can be taken back; %1 is the name of a setting.
        return tr("Change of the setting “%1”").arg(name(choices.first().key));
    //: What was done and can be taken back.
    return tr("Change of %Ln setting(s)", nullptr, int(choices.size()));
}

QString SettingTexts::names(const QList<SettingChoice> &choices)
{
    QStringList words;
    for (const SettingChoice &each : choices)
        words += name(each.key);
    return words.join(u", "_s);
}

Confirmation SettingTexts::beforeDiscard(const SettingsDraft &draft)
{
    //: Question: throws away what was changed and not applied yet.
    return {.question = tr("Discard %Ln change(s)?", nullptr, int(draft.size())),
            //: Below that question; %1 are names of settings.
            .effect = tr("They were not applied, so nothing changes on the server: %1.").arg(names(draft.choices())),
            //: Button of that question.
            .action = tr("Discard")};
}

Confirmation SettingTexts::beforeUndo(const QList<SettingChoice> &back, bool keepsSecrets)
{
    //: Below a question; %1 are names of settings.
    QString effect = tr("These become what they were before: %1.").arg(names(back));
    if (keepsSecrets)
        //: Below that question, after another sentence.
        effect += u' ' + tr("Secrets stay as they are now, since nobody can read what they were.");
    //: Question: stores the former values of settings again.
    return {.question = tr("Take %Ln change(s) of the settings back?", nullptr, int(back.size())),
            .effect = effect,
            //: Button of that question.
            .action = tr("Take back")};
}

} // namespace warder
