#include "core/api/body/Multipart.h"

#include "core/base/Text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostParts = 64;
constexpr qsizetype longestHead = 1024;

bool isLike(QByteArrayView text, const QRegularExpression &pattern) { return pattern.match(QString::fromLatin1(text)).hasMatch(); }

/// RFC 2046 §5.1.1; empty: there is none.
QByteArray boundaryOf(const QByteArray &contentType)
{
    static const QRegularExpression parameter(
        u"; *boundary=(?:([A-Za-z0-9'+_.-]{1,70})|\"([A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-])\") *(?:;|$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (contentType.toLower().count("boundary=") != 1)
        return {};
    const auto match = parameter.match(QString::fromLatin1(contentType));
    return (match.captured(1) + match.captured(2)).toLatin1();
}

/// The field's name; nothing for a head that says more than a text field's may.
std::optional<QString> nameIn(QByteArrayView head)
{
    static const QRegularExpression disposition(u"^form-data; *name=\"[ !#-\\[\\]-~\\x{80}-\\x{ff}]{1,100}\"$"_s,
                                                QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression textType(u"^text/plain(; *charset=\"?(utf-8|us-ascii)\"?)?$"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression plainEncoding(u"^(7bit|8bit|binary)$"_s, QRegularExpression::CaseInsensitiveOption);
    const QByteArray text = head.toByteArray();
    if (text.count('\n') != text.count("\r\n") || text.count('\r') != text.count("\r\n"))
        return std::nullopt;
    std::optional<QString> name;
    for (const QByteArray &line : QByteArray(text).replace("\r\n", "\n").split('\n')) {
        const QByteArray field = line.first(std::max<qsizetype>(line.indexOf(':'), 0)).toLower();
        const QByteArray value = line.sliced(field.size()).sliced(field.isEmpty() ? 0 : 1).trimmed();
        if (field == "content-disposition" && !name && isLike(value, disposition))
            name = fromUtf8(value.sliced(value.indexOf('"') + 1).chopped(1));
        else if (!(field == "content-type" && isLike(value, textType))
                 && !(field == "content-transfer-encoding" && isLike(value, plainEncoding)))
            return std::nullopt;
    }
    return name;
}

/// `part`: its head, an empty line, its value.
bool readPart(QByteArrayView part, QJsonObject &fields)
{
    const qsizetype headEnd = part.indexOf("\r\n\r\n");
    if (headEnd < 0 || headEnd > longestHead)
        return false;
    const auto name = nameIn(part.first(headEnd));
    const auto value = fromUtf8(part.sliced(headEnd + 4));
    if (!name || !value || fields.contains(*name) || fields.size() >= mostParts)
        return false;
    fields.insert(*name, *value);
    return true;
}

} // namespace

std::optional<QJsonObject> readMultipart(const QByteArray &contentType, const QByteArray &body)
{
    const QByteArray boundary = boundaryOf(contentType);
    const QByteArray delimiter = "\r\n--" + boundary;
    QByteArrayView rest(body);
    if (boundary.isEmpty() || !rest.startsWith(QByteArrayView(delimiter).sliced(2)))
        return std::nullopt;
    rest = rest.sliced(delimiter.size() - 2);
    QJsonObject fields;
    while (rest.startsWith("\r\n")) {
        rest = rest.sliced(2);
        const qsizetype end = rest.indexOf(delimiter);
        if (end < 0 || !readPart(rest.first(end), fields))
            return std::nullopt;
        rest = rest.sliced(end + delimiter.size());
    }
    return rest == "--" || rest == "--\r\n" ? std::optional(fields) : std::nullopt;
}

} // namespace warder
