#include "core/config/SettingCheck.h"
#include "tests/ui/support/FakeConsole.h"

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QString choicesInWords(const QList<SettingChoice> &choices)
{
    QStringList words;
    for (const auto &[key, value] : choices)
        words += key + u'=' + value.value_or(u"-"_s);
    return words.join(u' ');
}

QList<SettingFault> settingFaultsOf(const QList<SettingChoice> &choices)
{
    QList<SettingFault> faults;
    for (const auto &[key, value] : choices) {
        if (const QString fault = value ? faultOfStored(key, *value) : QString(); !fault.isEmpty())
            faults += SettingFault {.key = key, .message = fault};
    }
    return faults;
}

/// Whether it waits for a restart.
bool storeIn(SettingView &row, const std::optional<QString> &value)
{
    const QString now = row.secret && value ? u"********"_s : value.value_or(row.defaultValue);
    const auto source = value ? SettingSource::Stored : SettingSource::Default;
    const QString place = value ? u"/data/warder.stored.conf:2"_s : QString();
    row.waiting.reset();
    const bool waits = row.effect == SettingEffect::AfterRestart && now != row.value;
    if (waits) {
        row.waiting = WaitingSettingView {.value = now, .source = source, .sourceName = place};
    } else {
        row.value = now;
        row.source = source;
        row.sourceName = place;
    }
    return waits;
}

} // namespace

Result<QStringList> FakeConsole::store(const QList<SettingChoice> &choices)
{
    QStringList &waiting = overviewNow.server.waiting;
    if (isToFail(u"storeSettings"_s))
        return waiting;
    Error wrong {.code = ErrorCode::InvalidInput};
    for (const SettingFault &fault : settingFaultsOf(choices))
        wrong.faults += Fault {.type = u"value_error"_s, .location = {fault.key}, .message = fault.message};
    if (!wrong.faults.isEmpty())
        return std::unexpected(wrong);
    for (const auto &[key, value] : choices) {
        const auto row = std::ranges::find(settingRows, key, &SettingView::key);
        if (row != settingRows.end() && storeIn(*row, value) && !waiting.contains(key))
            waiting += key;
    }
    return waiting;
}

void FakeConsole::teachSettings()
{
    teach<ListSettings>([this](const auto &) { return Play<ListSettings> {u"settings"_s, settingRows}; });
    teach<StoreSettings>([this](const StoreSettings &order) {
        return Play<StoreSettings> {u"storeSettings "_s + choicesInWords(order.choices), store(order.choices)};
    });
    teach<CheckSettings>([](const CheckSettings &order) {
        return Play<CheckSettings> {u"checkSettings "_s + choicesInWords(order.choices), settingFaultsOf(order.choices)};
    });
}

} // namespace warder::test
