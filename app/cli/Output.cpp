#include "app/cli/Output.h"

#include "app/cli/ExitCode.h"
#include "core/base/Text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

enum class Lines { One, Many };

constexpr qsizetype longestLine = 2000; ///< Of a refusal.

int whyNotWritten = 0; ///< errno of the first failure on stdout.

/// Joiners and variation selectors shape the letters beside them; the other characters that do not show would only hide something.
bool isShaping(char32_t c) { return c == 0x200c || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0000 && c <= 0xe01ef); }

bool isHarmless(char32_t c) { return isPlain(c) && (!isIgnorable(c) || isShaping(c)); }

/// `instead` says what stands for a character that a terminal must not see.
QString escaped(const QString &text, auto instead)
{
    QString harmless;
    for (const uint c : text.toUcs4()) {
        const auto character = char32_t(c);
        harmless += isHarmless(character) ? QString::fromUcs4(&character, 1) : instead(character);
    }
    return harmless;
}

QString escaped(const QString &text, Lines lines)
{
    return escaped(text, [lines](char32_t c) { return QString(c == '\n' && lines == Lines::Many ? u'\n' : u'?'); });
}

/// The same JSON: a character may stand in a text as its number.
QByteArray harmlessJson(const QByteArray &json)
{
    if (std::ranges::all_of(json, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }))
        return json;
    return escaped(QString::fromUtf8(json),
                   [](char32_t c) {
                       QString escaped;
                       for (const QChar unit : QString::fromUcs4(&c, 1))
                           escaped += c == '\n' ? u"\n"_s : u"\\u%1"_s.arg(uint(unit.unicode()), 4, 16, QChar(u'0'));
                       return escaped;
                   })
        .toUtf8();
}

void writeBytes(FILE *stream, const QByteArray &bytes)
{
    errno = 0;
    const bool written = std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream) == size_t(bytes.size());
    if (!written && stream == stdout && whyNotWritten == 0)
        whyNotWritten = errno ? errno : EIO;
}

void write(FILE *stream, const QString &line) { writeBytes(stream, escaped(line, Lines::Many).toUtf8() + '\n'); }

/// All of one length.
void printAligned(const QList<QStringList> &rows)
{
    QList<QStringList> cells;
    QList<qsizetype> widths(rows.first().size(), 0);
    for (const QStringList &row : rows) {
        cells += QStringList();
        for (qsizetype i = 0; i < row.size(); ++i) {
            cells.last() += escaped(row[i], Lines::One);
            widths[i] = std::max(widths[i], columnCount(cells.last()[i]));
        }
    }
    for (const QStringList &row : std::as_const(cells)) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 < row.size() ? row[i] + QString(widths[i] + 2 - columnCount(row[i]), u' ') : row[i];
        write(stdout, line);
    }
}

} // namespace

void printTable(const QStringList &head, const QList<QStringList> &rows, const QString &whenEmpty)
{
    if (rows.isEmpty())
        return write(stdout, whenEmpty);
    printAligned(QList<QStringList> {head} + rows);
}

void printFacts(const QList<QStringList> &facts) { printAligned(facts); }

void printJson(const QJsonValue &value)
{
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    writeBytes(stdout, harmlessJson(document.toJson(QJsonDocument::Indented)));
}

void printJsonLine(const QJsonValue &value)
{
    writeBytes(stdout, harmlessJson(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact) + '\n'));
}

bool flushOutput()
{
    if (std::fflush(stdout) != 0 && whyNotWritten == 0)
        whyNotWritten = errno;
    return whyNotWritten == 0;
}

void printLine(const QString &line) { write(stdout, line); }

void printQuestion(const QString &question) { writeBytes(stderr, escaped(question, Lines::Many).toUtf8()); }

QString forShell(const QString &word)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_./=:,@%+-]+\\z"_s);
    if (plain.match(word).hasMatch())
        return word;
    return u'\'' + QString(word).replace(u"'"_s, u"'\\''"_s) + u'\'';
}

void printError(const Error &error)
{
    QStringList lines = (error.detail.isEmpty() ? QString(nameOf(error.code)) : error.detail).split(u'\n');
    lines.first().prepend(u"warderd: "_s);
    for (const Fault &fault : error.faults)
        lines += u"  %1: %2"_s.arg(fault.location.isEmpty() ? QString() : fault.location.last().toString(), fault.message);
    if (error.ended)
        lines += u"  a part of it is done and stays so; sessions ended: %1"_s.arg(*error.ended);
    for (const QString &line : std::as_const(lines))
        write(stderr, shortened(line, longestLine)); // it may say an argument back, or a cell of a file
}

int fail(const Error &error)
{
    printError(error);
    const bool mayPass =
        error.code == ErrorCode::Busy || error.code == ErrorCode::ConnectionLost || error.code == ErrorCode::StorageUnavailable;
    return mayPass || error.code == ErrorCode::StorageFailure ? CannotRun : Refused;
}

int cannotRun(const Error &error)
{
    printError(error);
    return CannotRun;
}

int wrongUsage(const QString &why)
{
    printError({.code = ErrorCode::InvalidInput, .detail = why});
    return WrongUsage;
}

int finishOutput(int code)
{
    if (flushOutput())
        return code;
    printError({.code = ErrorCode::StorageFailure,
                .detail = u"the answer could not be written: %1"_s.arg(QString::fromLocal8Bit(std::strerror(whyNotWritten)))});
    return code == Done ? Refused : code;
}

} // namespace warder
