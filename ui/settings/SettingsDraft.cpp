#include "ui/settings/SettingsDraft.h"

#include "ui/settings/SettingNow.h"

#include <algorithm>

namespace warder {

void SettingsDraft::setSettings(const QList<SettingView> &settings)
{
    m_settings = settings;
    for (const QString &key : m_choices.keys()) {
        const SettingView *setting = find(key);
        const std::optional<QString> value = m_choices.value(key).value;
        if (!setting || (value ? *value == setting_now::value(*setting) : setting_now::isDefault(*setting)))
            m_choices.remove(key);
    }
}

const SettingView *SettingsDraft::find(const QString &key) const
{
    const auto found = std::ranges::find(m_settings, key, &SettingView::key);
    return found == m_settings.end() ? nullptr : &*found;
}

void SettingsDraft::choose(const QString &key, const QString &value)
{
    const SettingView *setting = find(key);
    if (!setting)
        return;
    if (value == setting_now::value(*setting))
        takeBack(key);
    else if (value == setting->defaultValue)
        chooseDefault(key);
    else
        put(*setting, value);
}

void SettingsDraft::chooseDefault(const QString &key)
{
    const SettingView *setting = find(key);
    if (!setting)
        return;
    if (setting_now::isDefault(*setting))
        takeBack(key);
    else
        put(*setting, std::nullopt);
}

void SettingsDraft::put(const SettingView &setting, const std::optional<QString> &value)
{
    const auto before = m_choices.constFind(setting.key);
    const bool isNew = before == m_choices.constEnd();
    const Chosen chosen {
        .value = value, .seen = isNew ? setting_now::value(setting) : before->seen, .fault = isNew ? QString() : before->fault};
    m_choices.insert(setting.key, chosen);
}

QString SettingsDraft::shown(const SettingView &setting) const
{
    const auto chosen = m_choices.constFind(setting.key);
    return chosen == m_choices.constEnd() ? setting_now::value(setting) : chosen->value.value_or(setting.defaultValue);
}

bool SettingsDraft::showsDefault(const SettingView &setting) const
{
    const auto chosen = m_choices.constFind(setting.key);
    return chosen == m_choices.constEnd() ? setting_now::isDefault(setting) : !chosen->value;
}

bool SettingsDraft::hasMoved(const SettingView &setting) const
{
    const auto chosen = m_choices.constFind(setting.key);
    return chosen != m_choices.constEnd() && chosen->seen != setting_now::value(setting);
}

QList<SettingChoice> SettingsDraft::choices() const
{
    QList<SettingChoice> choices;
    for (const SettingView &setting : m_settings) {
        if (const auto chosen = m_choices.constFind(setting.key); chosen != m_choices.constEnd())
            choices += SettingChoice {.key = setting.key, .value = chosen->value};
    }
    return choices;
}

QList<SettingChoice> SettingsDraft::former() const
{
    QList<SettingChoice> choices;
    for (const SettingView &setting : m_settings) {
        const std::optional<QString> stored = setting_now::stored(setting);
        if (isChosen(setting.key) && !(setting.secret && stored))
            choices += SettingChoice {.key = setting.key, .value = stored};
    }
    return choices;
}

void SettingsDraft::settle(const QList<SettingChoice> &stored)
{
    for (const auto &[key, value] : stored) {
        if (const auto chosen = m_choices.constFind(key); chosen != m_choices.constEnd() && chosen->value == value)
            m_choices.remove(key);
    }
}

void SettingsDraft::setFaults(const QList<SettingChoice> &asked, const QList<SettingFault> &faults)
{
    for (const auto &[key, value] : asked) {
        const auto chosen = m_choices.find(key);
        if (chosen == m_choices.end() || chosen->value != value)
            continue;
        const auto fault = std::ranges::find(faults, key, &SettingFault::key);
        chosen->fault = fault == faults.end() ? QString() : fault->message;
        chosen->isJudged = true;
    }
}

void SettingsDraft::setRefusal(const QList<SettingChoice> &asked, const Error &error)
{
    QList<SettingFault> faults;
    for (const Fault &fault : error.faults)
        faults += SettingFault {.key = fault.location.value(0).toString(), .message = fault.message};
    setFaults(asked, faults);
}

QString SettingsDraft::faultOf(const QString &key) const { return m_choices.value(key).fault; }

QStringList SettingsDraft::wrongKeys() const
{
    QStringList keys;
    for (const SettingView &setting : m_settings) {
        const auto chosen = m_choices.constFind(setting.key);
        if (chosen == m_choices.constEnd())
            continue;
        if (setting_now::isLocked(setting) || (chosen->isJudged && !chosen->fault.isEmpty()))
            keys += setting.key;
    }
    return keys;
}

} // namespace warder
