#include "core/config/SettingCheck.h"

#include "core/config/SettingDefinition.h"
#include "core/config/SettingValue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

/// Env files of other programs have quotation marks, which their shells take away and we do not.
QString faultOfForm(const QString &value)
{
    const bool isQuoted = value.size() > 1 && value.front() == value.back() && (value.front() == u'"' || value.front() == u'\'');
    if (isQuoted)
        return u"written without the quotation marks"_s;
    if (value.contains(QChar::ReplacementCharacter) || value.contains(QChar::Null)) // the first is what Qt makes of bytes that are no text
        return u"UTF-8 text without NUL bytes"_s;
    return {};
}

QString faultOfStored(QStringView key, const QString &value)
{
    const SettingDefinition *definition = findSetting(key);
    if (!definition)
        return u"no setting has this name"_s;
    if (std::ranges::any_of(value, [](QChar c) { return c.category() == QChar::Other_Control; }))
        return u"must be one line"_s; // or it would be read as several settings
    if (value != value.trimmed())
        return u"must be without spaces around it"_s; // the file that it is stored in would lose them
    if (const QString right = faultOfForm(value); !right.isEmpty())
        return u"must be %1"_s.arg(right);
    const auto parsed = parseSetting(*definition, value);
    return parsed ? QString() : u"must be %1"_s.arg(parsed.error());
}

} // namespace warder
