#include "app/cli/Commands.h"

#include "app/cli/import/IdMap.h"
#include "app/cli/import/ImportSource.h"
#include "app/cli/import/UserFields.h"
#include "core/console/Json.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostInPiece = 500;
constexpr qsizetype mostBytesInPiece = 256 * 1024; // of a message of 1 MiB
constexpr qsizetype mostFaults = 1000;

/// Sends what is read, a piece at a time.
class Sender final
{
public:
    Sender(Console &console, Id import) : m_console(console), m_import(import) {}

    Result<void> add(const ImportedUser &user)
    {
        m_bytes += user.email.size() + user.name.size() + user.passwordHash.size() + user.roles.join(u',').size();
        m_piece += user;
        return m_piece.size() == mostInPiece || m_bytes >= mostBytesInPiece ? send() : Result<void>();
    }
    Result<void> send()
    {
        m_bytes = 0;
        return ConsoleAccess::wait(m_console, m_console.ask(AddToImport {.import = m_import, .users = std::exchange(m_piece, {})}));
    }

private:
    Console &m_console;
    Id m_import;
    QList<ImportedUser> m_piece;
    qsizetype m_bytes = 0;
};

/// What came of a file.
struct Imported
{
    UserImport outcome;
    QStringList unused;
    bool newIds = false; ///< Some old id was no UUID.
};

void add(UserImport &outcome, const QList<UserImportFault> &faults)
{
    for (const UserImportFault &fault : faults) {
        if (outcome.faults.size() < mostFaults)
            outcome.faults += fault;
        else
            ++outcome.moreFaults;
    }
}

Result<Imported> importFrom(ImportSource &source, Console &console, ImportOptions options, IdMap &map)
{
    const TimePoint now = SystemClock().now();
    const Id import = Id::create(now);
    UserFields fields(now);
    Sender sender(console, import);
    UserImport unread;
    Imported done;
    while (const auto record = source.next()) {
        const UserFields::Read read = fields.read(*record);
        add(unread, read.faults);
        if (!read.faults.isEmpty())
            continue;
        done.newIds = done.newIds || (!read.oldId.isEmpty() && read.user.id.toString() != read.oldId.toLower());
        map.add(read.oldId, read.user);
        if (const auto sent = sender.add(read.user); !sent)
            return refused(sent);
    }
    if (const auto sent = sender.send(); !sent)
        return refused(sent);
    options.dryRun = options.dryRun || !unread.faults.isEmpty();
    const auto outcome = ConsoleAccess::wait(console, console.ask(FinishImport {.import = import, .options = options}));
    if (!outcome)
        return refused(outcome);
    done.outcome = *outcome;
    add(done.outcome, unread.faults);
    done.outcome.moreFaults += unread.moreFaults;
    std::ranges::stable_sort(done.outcome.faults, {}, &UserImportFault::line);
    if (!done.outcome.faults.isEmpty())
        done.outcome.added = 0;
    done.unused = fields.unused();
    return done;
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
    if (!outcome.skipped.isEmpty())
        line += u", %1 skipped: there already"_s.arg(outcome.skipped.size());
    printLine(line + u'.');
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

} // namespace

int userImport(const CommandContext &context)
{
    const QString file = context.arguments.first();
    const QString mapPath = context.parser.value(u"map"_s);
    const ImportOptions options {.skipExisting = context.parser.isSet(u"skip-existing"_s), .dryRun = context.parser.isSet(u"dry-run"_s)};
    const auto source = ImportSource::open(file, context.parser.value(u"table"_s));
    if (!source)
        return fail(source.error());
    const auto map = IdMap::open(options.dryRun ? QString() : mapPath);
    if (!map)
        return fail(map.error());
    const auto done = importFrom(**source, context.console, options, **map);
    if (!done)
        return fail(done.error());
    if (context.json)
        printJson(toJson(*done, options));
    if (!done->outcome.faults.isEmpty())
        return printFaults(file, done->outcome);
    if (const auto saved = options.dryRun ? Result<void>() : (*map)->save(done->outcome.skipped); !saved)
        return fail({.code = ErrorCode::StorageFailure,
                     .detail = u"the accounts are imported, but not the list of ids: %1"_s.arg(saved.error().detail)});
    if (!context.json)
        printSummary(*done, options, !mapPath.isEmpty());
    return Done;
}

} // namespace warder
