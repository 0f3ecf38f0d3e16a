#include "core/config/SettingValue.h"

#include "core/config/Duration.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Parsed = std::expected<SettingValue, QString>;

Parsed wrong(const QString &right) { return std::unexpected(right); }

template <typename T>
Parsed orWrong(const std::optional<T> &value, const QString &right)
{
    return value ? Parsed(SettingValue(*value)) : wrong(right);
}

Parsed parseBoolean(const QString &raw)
{
    if (raw == "true"_L1 || raw == "false"_L1)
        return SettingValue(raw == "true"_L1);
    return wrong(u"true or false"_s);
}

Parsed parseInteger(const SettingDefinition &definition, const QString &raw)
{
    bool number = false;
    const qint64 value = raw.toLongLong(&number);
    if (!number || value < definition.rules.min || value > definition.rules.max)
        return wrong(u"a whole number from %1 to %2"_s.arg(definition.rules.min).arg(definition.rules.max));
    return SettingValue(value);
}

Parsed parseSeconds(const SettingDefinition &definition, const QString &raw)
{
    const SettingRules &rules = definition.rules;
    const auto value = parseDuration(raw);
    const bool isNever = rules.orZero && value == Seconds {0};
    if (!value || (!isNever && (value->count() < rules.min || value->count() > rules.max))) {
        return wrong(u"a duration such as 30s, 15m, 2h or 14d, from %1 to %2%3"_s.arg(
            toText(Seconds {rules.min}), toText(Seconds {rules.max}), rules.orZero ? u", or 0 for never"_s : QString()));
    }
    return SettingValue(*value);
}

Parsed parseRateOf(const SettingDefinition &definition, const QString &raw)
{
    const auto rate = parseRate(raw);
    if (rate && rate->amount > definition.rules.max)
        return wrong(u"an amount of at most %1, or off"_s.arg(definition.rules.max));
    return orWrong(rate, u"amount/period with an optional burst such as 30/1m burst 30, or off"_s);
}

/// What would be right in place of a text or an item; empty if it is.
QString faultOf(const SettingRules &rules, const QString &item)
{
    if (rules.fault)
        return rules.fault(item);
    const QRegularExpression form(QRegularExpression::anchoredPattern(rules.form));
    return rules.form.isEmpty() || form.match(item).hasMatch() ? QString() : rules.right.toString();
}

Parsed parseText(const SettingDefinition &definition, const QString &raw)
{
    const QString choices = definition.rules.choices.toString();
    if (!choices.isEmpty() && !choices.split(u", "_s).contains(raw))
        return wrong(u"one of "_s + choices);
    const QString right = faultOf(definition.rules, raw);
    return right.isEmpty() ? Parsed(SettingValue(raw)) : wrong(right);
}

Parsed parseList(const SettingDefinition &definition, const QString &raw)
{
    QStringList items;
    for (const QString &part : raw.split(u',', Qt::SkipEmptyParts)) {
        const QString item = part.trimmed();
        const QString right = item.isEmpty() ? QString() : faultOf(definition.rules, item);
        if (!right.isEmpty())
            return wrong(right);
        if (!item.isEmpty())
            items += item;
    }
    if (items.size() < definition.rules.min)
        return wrong(u"at least %1 of them"_s.arg(definition.rules.min));
    return SettingValue(items);
}

} // namespace

std::expected<SettingValue, QString> parseSetting(const SettingDefinition &definition, const QString &raw)
{
    switch (definition.type) {
    case SettingType::Boolean:  return parseBoolean(raw);
    case SettingType::Integer:  return parseInteger(definition, raw);
    case SettingType::Duration: return parseSeconds(definition, raw);
    case SettingType::Text:     return parseText(definition, raw);
    case SettingType::List:     return parseList(definition, raw);
    case SettingType::Rate:     return parseRateOf(definition, raw);
    }
    Q_UNREACHABLE_RETURN(wrong({}));
}

} // namespace warder
