#include "core/imports/JsonUsers.h"

#include "core/base/StrictJson.h"
#include "core/crypto/SecretBytes.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr StrictJsonLimits bounds {.depth = 16, .values = 2000};

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

} // namespace

bool JsonUsers::isWrapped(const QByteArray &start)
{
    static const QRegularExpression form(u"\\A\\s*\\{\\s*\"users\"\\s*:\\s*\\["_s);
    return form.match(QString::fromLatin1(start)).hasMatch();
}

void JsonUsers::skipToArray()
{
    m_isWrapped = true;
    for (auto c = m_bytes.peek(); c && *c != '['; m_bytes.skip(), c = m_bytes.peek())
        m_line += *c == '\n' ? 1 : 0;
}

/// The last record, if there is something to say.
std::optional<ImportRecord> JsonUsers::end(const QString &problem)
{
    m_isOver = true;
    return problem.isEmpty() ? std::nullopt : std::optional(ImportRecord {.line = m_line, .values = {}, .problem = problem});
}

/// Up to the next opening brace, or the end; what is wrong on the way.
QString JsonUsers::passToObject()
{
    bool hasComma = false;
    for (auto c = m_bytes.peek(); c; m_bytes.skip(), c = m_bytes.peek()) {
        if (*c == '\n')
            ++m_line;
        if (isBlank(*c))
            continue;
        if (*c == '[' && m_count == 0 && !m_isArray)
            m_isArray = true;
        else if (*c == ',' && m_isArray && m_count > 0 && !hasComma)
            hasComma = true;
        else if (*c == '{' && !m_isOver && (!m_isArray || m_count == 0 || hasComma))
            return {};
        else if (*c == ']' && m_isArray && !hasComma && !m_isOver)
            m_isOver = true;
        else if (*c == '}' && m_isOver && m_isWrapped)
            m_isWrapped = false;
        else
            return u"there should be an object here"_s;
    }
    if (!m_bytes.problem().isEmpty())
        return m_bytes.problem();
    return m_isWrapped || (m_isArray && !m_isOver) ? u"the file ends inside the array"_s : QString();
}

/// From brace to brace, as it stands.
std::expected<QByteArray, QString> JsonUsers::readObject()
{
    QByteArray text;
    int depth = 0;
    bool inString = false;
    bool isEscaped = false;
    while (const auto c = m_bytes.get()) {
        if (text.size() == longestRecord)
            return std::unexpected(u"the object is longer than %1 KiB"_s.arg(longestRecord / 1024));
        text += *c;
        if (*c == '\n')
            ++m_line;
        if (isEscaped)
            isEscaped = false;
        else if (*c == '\\')
            isEscaped = inString;
        else if (*c == '"')
            inString = !inString;
        else if (!inString && (*c == '{' || *c == '['))
            ++depth;
        else if (!inString && (*c == '}' || *c == ']') && --depth == 0)
            return text;
    }
    return std::unexpected(m_bytes.problem().isEmpty() ? u"the file ends inside an object"_s : m_bytes.problem());
}

std::optional<ImportRecord> JsonUsers::next()
{
    if (m_isOver)
        return std::nullopt;
    if (const QString problem = passToObject(); !problem.isEmpty() || m_isOver || !m_bytes.peek())
        return end(problem);
    ImportRecord record {.line = m_line};
    auto text = readObject();
    if (!text)
        return end(text.error());
    ++m_count;
    const auto object = parseStrictJsonObject(*text, bounds);
    wipe(*text);
    if (!object)
        record.problem = object.error().message;
    else
        record.values = object->toVariantHash();
    return record;
}

} // namespace warder
