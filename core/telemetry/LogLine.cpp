#include "core/telemetry/LogLine.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestValue = 1024;

struct LevelName
{
    QByteArray word;
    QByteArray column;
    QByteArray priority;
};

LevelName nameOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:   return {"debug"_ba, "debug   "_ba, "<7>"_ba};
    case LogLevel::Info:    return {"info"_ba, "info    "_ba, "<6>"_ba};
    case LogLevel::Warning: return {"warning"_ba, "warning "_ba, "<4>"_ba};
    case LogLevel::Error:   return {"error"_ba, "error   "_ba, "<3>"_ba};
    }
    Q_UNREACHABLE_RETURN({});
}

/// Whatever could break a line, end a quotation, or move a reader's cursor or reading direction.
bool isDangerous(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default:                         return c == u'"' || c == u'\\';
    }
}

void appendEscape(QString &to, QChar c)
{
    switch (c.unicode()) {
    case u'"':  to += "\\\""_L1; return;
    case u'\\': to += "\\\\"_L1; return;
    case u'\n': to += "\\n"_L1; return;
    case u'\r': to += "\\r"_L1; return;
    case u'\t': to += "\\t"_L1; return;
    default:    to += u"\\u%1"_s.arg(ushort(c.unicode()), 4, 16, QChar(u'0'));
    }
}

/// Format characters beyond the first plane exist too (tags, musical beams).
bool isDangerousPair(QChar high, QChar low) { return QChar::category(QChar::surrogateToUcs4(high, low)) == QChar::Other_Format; }

/// The inside of a JSON string, also for the other formats.
QString escaped(QStringView text)
{
    QString safe;
    safe.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool pair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair && !isDangerousPair(c, text[i + 1]))
            safe += text.sliced(i++, 2);
        else if (c.isSurrogate() || isDangerous(c))
            appendEscape(safe, c);
        else
            safe += c;
    }
    return safe;
}

QStringView cut(QStringView text)
{
    text = text.first(longestValue);
    return text.back().isHighSurrogate() ? text.chopped(1) : text;
}

QByteArray quoted(const QString &text)
{
    const QString inside = text.size() > longestValue ? escaped(cut(text)) + u'…' : escaped(text);
    return '"' + inside.toUtf8() + '"';
}

bool isBareWord(const QString &text)
{
    return !text.isEmpty() && text.size() <= longestValue
           && std::ranges::all_of(text, [](QChar c) { return c > u' ' && c < u'\x7f' && c != u'"' && c != u'\\' && c != u'='; });
}

QByteArray number(double value) { return std::isfinite(value) ? QByteArray::number(value, 'g', 10) : QByteArray("null"); }

template <typename... Ts>
struct Cases : Ts...
{
    using Ts::operator()...;
};

QByteArray written(const LogValue &value, bool bare)
{
    return std::visit(Cases {
                          [bare](const QString &text) { return bare && isBareWord(text) ? text.toUtf8() : quoted(text); },
                          [](qint64 each) { return QByteArray::number(each); },
                          [](double each) { return number(each); },
                          [](bool each) { return QByteArray(each ? "true" : "false"); },
                      },
                      value.value());
}

QByteArray asText(QLatin1StringView event, LogFields fields)
{
    QByteArray line(event.data(), event.size());
    for (const LogField &field : fields)
        line += ' ' + QByteArray(field.key.data(), field.key.size()) + '=' + written(field.value, true);
    return line;
}

QByteArray asJson(LogLevel level, QLatin1StringView event, LogFields fields, TimePoint now)
{
    QByteArray line =
        "{\"time\":\"" + toText(now).toUtf8() + "\",\"level\":\"" + nameOf(level).word + "\",\"event\":" + quoted(QString(event));
    for (const LogField &field : fields)
        line += ',' + quoted(QString(field.key)) + ':' + written(field.value, false);
    return line + '}';
}

} // namespace

QByteArray logLine(LogFormat format, LogLevel level, QLatin1StringView event, LogFields fields, TimePoint now)
{
    switch (format) {
    case LogFormat::Text:     return toText(now).toUtf8() + ' ' + nameOf(level).column + asText(event, fields) + '\n';
    case LogFormat::Json:     return asJson(level, event, fields, now) + '\n';
    case LogFormat::Journald: return nameOf(level).priority + asText(event, fields) + '\n';
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace warder
