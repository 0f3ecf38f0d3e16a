#include "app/cli/Commands.h"

#include "app/cli/import/IdMap.h"
#include "core/console/Json.h"
#include "core/crypto/SecretBytes.h"
#include "core/imports/FirebaseParameters.h"
#include "core/imports/ImportReader.h"
#include "core/imports/ImportSource.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFutureWatcher>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds longestImport = std::chrono::hours {24}; ///< Of a server that hashes, or writes, very many.
constexpr Milliseconds toldEvery = std::chrono::seconds {10};

/// What came of a file.
struct Imported
{
    UserImport outcome;
    QStringList unused;
    bool newIds = false; ///< Some old id was no UUID.
};

/// To stderr, while somebody waits.
Result<UserImport> finished(Console &console, const FinishImport &order)
{
    const auto answer = console.ask(order);
    QElapsedTimer sinceTold;
    sinceTold.start();
    QFutureWatcher<void> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::progressValueChanged, &watcher, [&watcher, &sinceTold](int done) {
        const qint64 all = watcher.progressMaximum();
        if (all <= 0 || sinceTold.elapsed() < toldEvery.count())
            return;
        printQuestion(u"%1 % done\n"_s.arg(qint64(done) * 100 / all));
        sinceTold.start();
    });
    watcher.setFuture(QFuture<void>(answer));
    return ConsoleAccess::wait(console, answer, longestImport);
}

Result<Imported> importFrom(ImportReader &reader, Console &console, ImportOptions options, IdMap &map)
{
    const Id import = Id::create(SystemClock().now());
    while (auto piece = reader.next()) {
        for (qsizetype i = 0; i < piece->users.size(); ++i)
            map.add(piece->oldIds[i], piece->users[i]);
        const AddToImport order {.import = import, .users = std::move(piece->users)};
        if (const auto sent = ConsoleAccess::wait(console, console.ask(order)); !sent)
            return refused(sent);
    }
    options.dryRun = options.dryRun || reader.hasFaults();
    const auto outcome = finished(console, FinishImport {.import = import, .options = options});
    if (!outcome)
        return refused(outcome);
    return Imported {.outcome = reader.withFaults(*outcome), .unused = reader.unused(), .newIds = reader.madeIds()};
}

QString counted(qint64 number) { return number == 1 ? u"1 account"_s : u"%1 accounts"_s.arg(number); }

int printFaults(const QString &file, const UserImport &outcome)
{
    const qint64 all = outcome.faults.size() + outcome.moreFaults;
    Error error {.code = ErrorCode::InvalidInput,
                 .detail = u"%1: %2, nothing was imported"_s.arg(file, all == 1 ? u"1 fault"_s : u"%1 faults"_s.arg(all)),
                 .faults = {}};
    for (const UserImportFault &fault : outcome.faults)
        error.detail +=
            u"\n  line %1: %2"_s.arg(fault.line).arg(fault.field.isEmpty() ? fault.message : u"%1: %2"_s.arg(fault.field, fault.message));
    if (outcome.moreFaults > 0)
        error.detail += u"\n  and %1 more"_s.arg(outcome.moreFaults);
    return fail(error);
}

void printSummary(const Imported &done, const ImportOptions &options, bool isMapped)
{
    const UserImport &outcome = done.outcome;
    QString line = options.dryRun ? u"%1 would be imported"_s.arg(counted(outcome.added)) : u"%1 imported"_s.arg(counted(outcome.added));
    if (outcome.skipped > 0)
        line += u", %1 skipped: there already"_s.arg(outcome.skipped);
    printLine(line + u'.');
    if (outcome.passwords > 0 && options.dryRun)
        printLine(u"Passwords that are hashed first, a thousand in about a minute: %1."_s.arg(outcome.passwords));
    else if (outcome.passwords > 0)
        printLine(u"Passwords that were hashed: %1. Delete the file, which holds them as text."_s.arg(outcome.passwords));
    if (!done.unused.isEmpty())
        printLine(u"Not used: %1."_s.arg(done.unused.join(u", "_s)));
    if (done.newIds && !isMapped)
        printLine(u"Old ids that are no UUID became UUIDs; --map FILE writes which."_s);
}

QJsonObject toJson(const Imported &done, const ImportOptions &options)
{
    QJsonObject object = warder::toJson(done.outcome).toObject();
    object.insert(u"dry_run"_s, options.dryRun);
    object.insert(u"unused_columns"_s, QJsonArray::fromStringList(done.unused));
    return object;
}

/// What --firebase says; nothing where it is not given.
Result<std::optional<FirebaseParameters>> firebaseFrom(const QString &path)
{
    if (path.isEmpty())
        return std::nullopt;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(ErrorCode::InvalidInput, u"%1: %2"_s.arg(path, file.errorString()));
    QByteArray bytes = file.read(64 * 1024);
    const auto leaving = qScopeGuard([&bytes] { wipe(bytes); });
    const auto parameters = FirebaseParameters::fromText(QString::fromUtf8(bytes));
    if (!parameters)
        return refused(parameters.error().code, u"%1: %2"_s.arg(path, parameters.error().detail));
    return *parameters;
}

} // namespace

int userImport(const CommandContext &context)
{
    const QString file = context.arguments.first();
    const QString mapPath = context.parser.value(u"map"_s);
    const ImportOptions options {.skipExisting = context.parser.isSet(u"skip-existing"_s),
                                 .dryRun = context.parser.isSet(u"dry-run"_s),
                                 .listSkipped = !mapPath.isEmpty()};
    auto source = ImportSource::open(file, context.parser.value(u"table"_s));
    if (!source)
        return fail(source.error());
    const auto firebase = firebaseFrom(context.parser.value(u"firebase"_s));
    if (!firebase)
        return fail(firebase.error());
    ImportReader reader(*std::move(source), SystemClock().now(), *firebase);
    const auto map = IdMap::open(options.dryRun ? QString() : mapPath);
    if (!map)
        return fail(map.error());
    const auto done = importFrom(reader, context.console, options, **map);
    if (!done)
        return fail(done.error());
    if (context.json)
        printJson(toJson(*done, options));
    if (!done->outcome.faults.isEmpty())
        return printFaults(file, done->outcome);
    if (const auto saved = options.dryRun ? Result<void>() : (*map)->save(done->outcome.skippedUsers); !saved)
        return fail({.code = ErrorCode::StorageFailure,
                     .detail = u"the accounts are imported, but not the list of ids: %1"_s.arg(saved.error().detail)});
    if (!context.json)
        printSummary(*done, options, !mapPath.isEmpty());
    return Done;
}

} // namespace warder
