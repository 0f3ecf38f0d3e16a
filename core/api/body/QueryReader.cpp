#include "core/api/body/QueryReader.h"

#include "core/api/body/FormEncoding.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostParameters = 64;
constexpr qsizetype longestName = 100;

Fault unreadable(const QString &name)
{
    return {.type = u"string_unicode"_s,
            .location = {u"query"_s, name.left(longestName)},
            .message = u"Input should be a valid string, unable to parse raw data as a unicode string"_s};
}

Fault tooMany()
{
    const QString reason = u"more than %1 parameters"_s.arg(mostParameters);
    return {.type = u"value_error"_s, .location = {u"query"_s}, .message = u"Value error, "_s + reason, .context = {{u"reason"_s, reason}}};
}

/// The second text of a name makes a list of the first.
void put(QJsonObject &parameters, const QString &name, const QString &value)
{
    const auto known = parameters.find(name);
    if (known == parameters.end())
        parameters.insert(name, value);
    else if (known->isArray())
        *known = known->toArray() << value;
    else
        *known = QJsonArray {*known, value};
}

} // namespace

Result<QJsonObject> readQuery(QByteArrayView query)
{
    QJsonObject parameters;
    QList<Fault> faults;
    int count = 0;
    const bool isBounded = forEachPair(query, [&](QByteArrayView encodedName, QByteArrayView encodedValue) {
        const auto name = strictFormText(encodedName);
        const auto value = strictFormText(encodedValue);
        if (name && value)
            put(parameters, *name, *value);
        else
            faults += unreadable(name.value_or(QString::fromLatin1(encodedName)));
        return ++count <= mostParameters;
    });
    if (!isBounded)
        faults = {tooMany()};
    if (!faults.isEmpty())
        return std::unexpected(Error {.code = ErrorCode::InvalidInput, .detail = u"the query cannot be read"_s, .faults = faults});
    return parameters;
}

} // namespace warder
