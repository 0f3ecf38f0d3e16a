#include "app/cli/Commands.h"
#include "core/backup/Backups.h"
#include "core/console/BackupViews.h"
#include "core/console/Json.h"
#include "core/console/orders/Backups.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/sealing/MasterKeySources.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds patience = std::chrono::hours {12}; ///< Of a server that copies, or reads, a very large database.

const QStringList backupHead {u"FILE"_s, u"CREATED"_s, u"MIB"_s, u"USERS"_s, u"SESSIONS"_s, u"MASTER KEY"_s, u"CHECKED"_s};

QString sizeOf(const BackupView &backup) { return QString::number(double(backup.size) / (1024 * 1024), 'f', 1); }

QString keyOf(const BackupView &backup)
{
    switch (backup.key) {
    case KeyFit::Fits:    return backup.keyCode.isEmpty() ? u"-"_s : u"%1, the one here"_s.arg(backup.keyCode);
    case KeyFit::Other:   return u"%1, another one than here"_s.arg(backup.keyCode);
    case KeyFit::Missing: return u"%1, none is here"_s.arg(backup.keyCode);
    }
    Q_UNREACHABLE_RETURN({});
}

QString faultOf(BackupFault fault)
{
    switch (fault) {
    case BackupFault::NoBackup: return u"no backup of Warder's"_s;
    case BackupFault::Damaged:  return u"damaged"_s;
    case BackupFault::Orphans:
    case BackupFault::Changed:  return u"not as it was written"_s;
    case BackupFault::Newer:    return u"made by a newer Warder"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString checkedOf(const BackupView &backup)
{
    if (backup.fault)
        return faultOf(*backup.fault);
    return backup.checkedAt ? toText(*backup.checkedAt) : u"not yet"_s;
}

QStringList rowOf(const BackupView &backup)
{
    const bool isKnown = backup.createdAt.has_value();
    return {backup.file,
            isKnown ? toText(*backup.createdAt) : u"-"_s,
            sizeOf(backup),
            isKnown ? QString::number(backup.users) : u"-"_s,
            isKnown ? QString::number(backup.sessions) : u"-"_s,
            isKnown ? keyOf(backup) : u"-"_s,
            checkedOf(backup)};
}

void printList(const BackupsView &all)
{
    QList<QStringList> rows;
    for (const BackupView &backup : all.backups)
        rows += rowOf(backup);
    printTable(backupHead, rows, u"No backups in %1. `warderd backup create` makes one."_s.arg(all.directory));
}

void printBackup(const BackupView &backup)
{
    QList<QStringList> facts {{u"File"_s, backup.file}, {u"Size"_s, sizeOf(backup) + u" MiB"_s}};
    if (backup.createdAt) {
        facts += {u"Created"_s, u"%1, by Warder %2, schema %3"_s.arg(toText(*backup.createdAt), backup.version).arg(backup.schema)};
        facts += {u"Holds"_s, u"%1 users, %2 live sessions, %3 keys"_s.arg(backup.users).arg(backup.sessions).arg(backup.keys)};
        facts += {u"Master key"_s, keyOf(backup)};
    }
    facts += {u"State"_s, backup.fault ? u"%1: %2"_s.arg(faultOf(*backup.fault), backup.detail) : u"good"_s};
    printFacts(facts);
}

int showChecked(const Result<BackupView> &checked, bool json)
{
    if (!checked)
        return fail(checked.error());
    if (json)
        printJson(toJson(*checked));
    else
        printBackup(*checked);
    if (!checked->fault && checked->key != KeyFit::Fits && !json)
        printLine(u"\nIt restores nothing without the master key of the check code above (`warderd master-key import`)."_s);
    return checked->fault ? Refused : Done;
}

/// As the server, or we, find it: a path where there is such a file, else a name in the folder of the backups.
QString placeOf(const QString &typed)
{
    return QFileInfo::exists(typed) || typed.contains(u'/') ? QFileInfo(typed).absoluteFilePath() : typed;
}

QString placeAlone(const QString &typed, const BackupPolicy &policy)
{
    const QString place = placeOf(typed);
    return place.startsWith(u'/') ? place : QString(policy.directory + u'/' + place);
}

MasterKeySources keysOf(const QString &dataDirectory, const Settings &settings)
{
    return {dataDirectory + "/master.key"_L1, MasterKeyPolicy::from(settings)};
}

} // namespace

int backupCreate(const CommandContext &context)
{
    const QString typed = context.arguments.value(0);
    const QString file = typed.isEmpty() ? QString() : QFileInfo(typed).absoluteFilePath();
    const auto made = ConsoleAccess::wait(context.console, context.console.ask(CreateBackup {.file = file}), patience);
    return context.show(made, [](const BackupView &backup) {
        printBackup(backup);
        printLine(u"\nIt restores nothing without the master key: `warderd master-key export` gives that for a safe."_s);
    });
}

int backupList(const CommandContext &context) { return context.show(context.ask(ListBackups {}), printList); }

int backupListAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser)
{
    CryptoLibraries libraries;
    if (const auto fit = libraries.check(); !fit)
        return cannotRun(fit.error());
    const BackupPolicy policy = BackupPolicy::from(settings, options.dataDirectory);
    const BackupsView all = viewOfBackups(policy, backupsIn(policy, keysOf(options.dataDirectory, settings)));
    if (parser.isSet(u"json"_s))
        printJson(toJson(all));
    else
        printList(all);
    return Done;
}

int backupVerify(const CommandContext &context)
{
    const VerifyBackup order {.file = placeOf(context.arguments.value(0))};
    return showChecked(ConsoleAccess::wait(context.console, context.console.ask(order), patience), context.json);
}

int backupVerifyAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser)
{
    CryptoLibraries libraries;
    if (const auto fit = libraries.check(); !fit)
        return cannotRun(fit.error());
    const QString file = placeAlone(parser.positionalArguments().value(2), BackupPolicy::from(settings, options.dataDirectory));
    const auto checked = BackupCheck::whole(file).transform([&](const CheckedBackup &found) {
        return viewOfBackup({.path = file,
                             .size = QFileInfo(file).size(),
                             .checked = found,
                             .key = BackupCheck::fitAmong(found, keysOf(options.dataDirectory, settings)),
                             .verdict = BackupVerdict {.at = SystemClock().now(), .fault = found.fault}});
    });
    return showChecked(checked, parser.isSet(u"json"_s));
}

} // namespace warder
