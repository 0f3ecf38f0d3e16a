#include "app/cli/Output.h"

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

} // namespace

void printTable(const QStringList &head, const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QString &title : head)
        widths += title.size();
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    const auto print = [&widths](const QStringList &row) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 < row.size() ? tame(row[i]).leftJustified(widths[i] + 2) : tame(row[i]);
        write(stdout, line);
    };
    print(head);
    for (const QStringList &row : rows)
        print(row);
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

} // namespace warder
