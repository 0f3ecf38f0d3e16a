#include "app/cli/Output.h"

#include "app/cli/ExitCode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString tame(QString cell)
{
    for (QChar &c : cell) {
        if (!c.isPrint() && !c.isSurrogate())
            c = u'?';
    }
    return cell;
}

void write(FILE *stream, const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
}

/// All of one length.
void printAligned(const QList<QStringList> &rows)
{
    QList<qsizetype> widths(rows.first().size(), 0);
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 < row.size() ? tame(row[i]).leftJustified(widths[i] + 2) : tame(row[i]);
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

void printFacts(const QList<QStringList> &facts)
{
    printAligned(facts);
}

void printJson(const QJsonValue &value)
{
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    const QByteArray bytes = document.toJson(QJsonDocument::Indented);
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
}

void printLine(const QString &line)
{
    write(stdout, line);
}

void printError(const Error &error)
{
    write(stderr, u"warderd: %1"_s.arg(error.detail.isEmpty() ? nameOf(error.code) : error.detail));
    for (const Fault &fault : error.faults)
        write(stderr, u"  %1: %2"_s.arg(fault.location.isEmpty() ? QString() : fault.location.last().toString(), fault.message));
}

int fail(const Error &error)
{
    printError(error);
    const bool mayPass = error.code == ErrorCode::Busy || error.code == ErrorCode::StorageUnavailable;
    return mayPass || error.code == ErrorCode::StorageFailure ? CannotRun : Refused;
}

} // namespace warder
