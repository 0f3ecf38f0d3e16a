#include "ui/overview/first/SettingsStep.h"

#include "ui/settings/SettingNow.h"
#include "ui/settings/SettingTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Labels.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// In the words of the page Settings, also before the server has told its own.
SettingView settingOf(const QString &key)
{
    SettingView setting;
    setting.key = key;
    return setting;
}

} // namespace

SettingsStep::SettingsStep(const PageContext &context, const QString &title, const QString &text, const QList<FirstOption> &options,
                           QWidget *parent)
    : SetupStep(title, text, parent), m_context(context), m_options(options), m_remark(quietLabel({}, this)), m_effect(textLabel({}, this))
{
    build();
    chooseOption();
}

void SettingsStep::build()
{
    QStringList words;
    for (const FirstOption &each : std::as_const(m_options))
        words += each.words;
    if (words.size() > 1) {
        m_chips = new Chips(title(), words, this);
        body()->addWidget(m_chips, 0, Qt::AlignLeft);
        connect(m_chips, &Chips::chosen, this, [this] {
            m_hasChosen = true;
            chooseOption();
        });
    }
    body()->addWidget(m_remark);
    for (const FirstOption &each : std::as_const(m_options)) {
        for (const QString &key : first_choices::fieldsOf(each.answer)) {
            if (!m_fields.contains(key))
                body()->addWidget(m_fields[key] = makeField(key));
        }
    }
    body()->addWidget(m_effect);
}

FormField *SettingsStep::makeField(const QString &key)
{
    auto *field = new FormField(UiTexts::inLabel(SettingTexts::name(key)), SettingTexts::sentence(settingOf(key)), this);
    field->edit().setObjectName(key);
    connect(&field->edit(), &QLineEdit::textEdited, this, [this, key] { edit(key); });
    return field;
}

void SettingsStep::add(QWidget *widget) { body()->addWidget(widget, 0, Qt::AlignLeft); }

const FirstOption &SettingsStep::option() const { return m_options[m_chips ? m_chips->current() : 0]; }

first_choices::Values SettingsStep::held() const
{
    first_choices::Values values;
    for (const SettingView &setting : m_draft.settings()) {
        if (!setting.secret)
            values.insert(setting.key, setting_now::value(setting));
    }
    return values;
}

first_choices::Values SettingsStep::valuesNow() const
{
    first_choices::Values values = held();
    for (const QString &key : first_choices::fieldsOf(option().answer)) {
        const SettingView *setting = m_draft.find(key);
        const QString typed = m_fields[key]->text().trimmed();
        if (setting && !(setting->secret && typed.isEmpty()) && !setting_now::isLocked(*setting))
            values[key] = typed;
    }
    return values;
}

QList<SettingChoice> SettingsStep::wanted() const
{
    QList<SettingChoice> choices = first_choices::of(option().answer, valuesNow());
    choices.removeIf([this](const SettingChoice &each) {
        const SettingView *setting = m_draft.find(each.key);
        return !setting || setting_now::isLocked(*setting);
    });
    return choices;
}

bool SettingsStep::isDone() const
{
    const auto isSet = [this](const QString &key) {
        const SettingView *setting = m_draft.find(key);
        return setting && !setting_now::isDefault(*setting);
    };
    return std::ranges::any_of(m_fields.keys(), isSet);
}

QString SettingsStep::action() const
{
    //: Button of the first steps: stores the settings that are named above it.
    return m_draft.isEmpty() ? QString() : tr("Sto&re");
}

QWidget *SettingsStep::firstControl()
{
    if (m_chips)
        return m_chips->findChildren<QAbstractButton *>().value(m_chips->current());
    return m_fields.value(first_choices::fieldsOf(option().answer).value(0));
}

void SettingsStep::presentSettings(const QList<SettingView> &settings)
{
    m_draft.setSettings(settings);
    if (m_chips && !m_hasChosen) {
        const FirstAnswer now = m_fields.contains(u"mail.smtp_host"_s) ? first_choices::mailIn(held()) : first_choices::reachIn(held());
        const auto found = std::ranges::find(m_options, now, &FirstOption::answer);
        const QSignalBlocker quiet(m_chips); // nobody chose it
        if (found != m_options.end())
            m_chips->choose(int(found - m_options.begin()));
    }
    chooseOption();
}

void SettingsStep::chooseOption()
{
    m_remark->setText(option().remark);
    m_remark->setVisible(!option().remark.isEmpty());
    fillFields();
    choose();
    check();
}

void SettingsStep::fillFields()
{
    const QStringList keys = first_choices::fieldsOf(option().answer);
    for (const auto &[key, field] : m_fields.asKeyValueRange()) {
        const SettingView *setting = m_draft.find(key);
        field->setVisible(setting && keys.contains(key));
        if (!setting || m_typed.contains(key))
            continue;
        const bool isLocked = setting_now::isLocked(*setting);
        const QString now = setting_now::value(*setting);
        if (setting->secret) {
            field->makeSecret(); // nobody knew before that it is one
            field->edit().setPlaceholderText(SettingTexts::secret(!now.isEmpty()));
        } else {
            field->edit().setText(isLocked ? now : first_choices::suggestionFor(option().answer, key, now));
        }
        field->edit().setEnabled(!isLocked);
    }
}

void SettingsStep::edit(const QString &key)
{
    m_typed += key;
    choose();
    check();
}

/// What is chosen still keeps what the server has said of it until it says something else.
void SettingsStep::choose()
{
    const QList<SettingChoice> choices = wanted();
    for (const SettingChoice &each : m_draft.choices()) {
        if (!std::ranges::contains(choices, each.key, &SettingChoice::key))
            m_draft.takeBack(each.key);
    }
    for (const auto &[key, value] : choices) {
        if (value)
            m_draft.choose(key, *value);
        else
            m_draft.chooseDefault(key);
    }
    showDraft();
}

void SettingsStep::check()
{
    const QList<SettingChoice> asked = m_draft.choices();
    if (asked.isEmpty())
        return;
    const auto onJudged = [this, asked](const QList<SettingFault> &faults) {
        m_draft.setFaults(asked, faults);
        showDraft();
    };
    // Without an answer nothing is known to be wrong; the order says the rest.
    ask(m_context.console.ask(CheckSettings {.choices = asked}), this, onJudged, [](const Error &) {});
}

void SettingsStep::showDraft()
{
    for (const auto &[key, field] : m_fields.asKeyValueRange()) {
        const SettingView *setting = m_draft.find(key);
        const QString fault = m_draft.faultOf(key);
        field->setFault(setting && !fault.isEmpty() ? SettingTexts::fault(*setting, fault) : QString());
    }
    m_effect->setText(effect());
    Q_EMIT changed();
}

/// Made of the choices that the order sends.
QString SettingsStep::effect() const
{
    QStringList lines;
    for (const SettingChoice &choice : m_draft.choices()) {
        if (const SettingView *setting = m_draft.find(choice.key)) {
            const QString change = UiTexts::named(SettingTexts::name(choice.key), SettingTexts::change(*setting, m_draft.shown(*setting)));
            lines += UiTexts::inOneLine({change, SettingTexts::effect(setting->effect)});
        }
    }
    for (const SettingChoice &choice : first_choices::of(option().answer, valuesNow())) {
        const SettingView *setting = m_draft.find(choice.key);
        if (setting && setting_now::isLocked(*setting))
            lines += UiTexts::named(SettingTexts::name(choice.key), SettingTexts::lock(*setting));
    }
    if (lines.isEmpty() && !m_draft.settings().isEmpty())
        //: In place of what one of the first steps would change.
        lines += tr("It is so already: there is nothing to store.");
    return lines.join(u'\n');
}

bool SettingsStep::goToWrongField()
{
    for (const QString &key : first_choices::missingIn(option().answer, valuesNow())) {
        if (const SettingView *setting = m_draft.find(key); setting && !setting_now::isLocked(*setting))
            m_fields[key]->setFault(UiTexts::of(Fault {.type = u"missing"_s, .location = {key}, .message = {}}));
    }
    const QStringList keys = first_choices::fieldsOf(option().answer);
    const auto wrong = std::ranges::find_if(keys, [this](const QString &key) { return m_fields[key]->hasFault(); });
    if (wrong == keys.end())
        return false;
    m_fields[*wrong]->setFocus();
    return true;
}

/// Fields show what the server says again; a secret, which it never says, is typed anew.
void SettingsStep::forgetTyped()
{
    m_typed.clear();
    for (const auto &[key, field] : m_fields.asKeyValueRange()) {
        const SettingView *setting = m_draft.find(key);
        if (setting && setting->secret)
            field->edit().clear();
    }
}

void SettingsStep::send()
{
    if (goToWrongField())
        return;
    const StoredChoices sent = StoredChoices::of(m_draft);
    const auto onStored = [this, sent](const QStringList &waiting) {
        forgetTyped();
        setSending(false);
        Q_EMIT stored(sent, waiting);
        Q_EMIT taken();
    };
    const auto onRefused = [this, sent](const Error &error) {
        setSending(false);
        m_draft.setRefusal(sent.choices, error);
        showDraft();
        Q_EMIT refused(goToWrongField() ? QString() : UiTexts::of(error));
    };
    setSending(true);
    ask(m_context.console.ask(StoreSettings {.choices = sent.choices}), this, onStored, onRefused);
}

} // namespace warder
