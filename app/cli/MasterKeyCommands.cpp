#include "app/cli/Commands.h"
#include "app/cli/PasswordPrompt.h"
#include "core/console/orders/MasterKey.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/SecretBytes.h"
#include "core/platform/Files.h"
#include "core/platform/Process.h"
#include "core/sealing/MasterKeys.h"
#include "core/storage/Database.h"

#include <QFile>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

void print(const MasterKeyView &key)
{
    QList<QStringList> facts {{u"Source"_s, nameOf(key.source)},
                              {u"Place"_s, key.place},
                              {u"Version"_s, QString::number(key.version)},
                              {u"Check code"_s, key.checkCode}};
    if (!key.whyReadOnly.isEmpty())
        facts += {u"Read only"_s, key.whyReadOnly};
    for (const QString &place : key.alsoAt)
        facts += {u"Not used"_s, place};
    printFacts(facts);
}

Result<std::optional<MasterKeySource>> sourceFrom(const QString &typed)
{
    if (typed.isEmpty())
        return std::nullopt;
    if (const auto source = fromName<MasterKeySource>(typed))
        return source;
    return refused(ErrorCode::InvalidInput, u"a master key may be in credential, keychain, file or environment, not in %1"_s.arg(typed));
}

/// For its owner alone, and never in place of something that is there.
Result<void> writeToSafe(const QString &path, const QString &text)
{
    QByteArray line = text.toLatin1() + '\n';
    const auto leaving = qScopeGuard([&line] { wipe(line); });
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner) && file.write(line) == line.size()
        && file.flush() && platform::sync(file.handle()))
        return {};
    const QString why = file.errorString();
    if (file.isOpen())
        file.remove();
    return refused(ErrorCode::StorageFailure, u"%1 cannot be written: %2"_s.arg(path, why));
}

constexpr auto exportedWords = "Keep it apart from backups of the database: with both anybody can sign tokens, without this one a backup "
                               "restores nothing. `warderd master-key import` puts it back."_L1;

/// Asks for what `export` printed, and wipes it once `put` is done with it.
int withExported(const QCommandLineParser &parser, const std::function<int(const QString &text, std::optional<MasterKeySource> to)> &put)
{
    const auto to = sourceFrom(parser.value(u"to"_s));
    if (!to)
        return wrongUsage(to.error().detail);
    auto text = askLine(u"Master key and check code: "_s);
    if (!text)
        return fail(text.error());
    const auto leaving = qScopeGuard([&text] { wipe(*text); });
    return put(*text, *to);
}

int restoreAlone(const StartOptions &options, const Settings &settings, const QString &text, std::optional<MasterKeySource> to)
{
    CryptoLibraries libraries;
    if (const auto fit = libraries.check(); !fit)
        return cannotRun(fit.error());
    const auto directory = DataDirectory::open(options.dataDirectory, DataDirectory::Making::Never);
    if (!directory)
        return cannotRun(directory.error());
    const auto database = Database::open(directory->databasePath(), Upgrading::Never);
    if (!database)
        return cannotRun(database.error());
    const MasterKeySources sources(directory->masterKeyPath(), MasterKeyPolicy::from(settings));
    const auto went = MasterKeys::restore(**database, sources, text, to, u"command line"_s, SystemClock().now());
    if (!went)
        return fail(went.error());
    printLine(u"The master key is back, in %1."_s.arg(sources.placeOf(*went)));
    return Done;
}

} // namespace

int masterKeyShowSource(const CommandContext &context) { return context.show(context.ask(ReadMasterKey {}), print); }

int masterKeyMove(const CommandContext &context)
{
    const auto to = sourceFrom(context.arguments.value(0));
    if (!to)
        return wrongUsage(to.error().detail);
    return context.show(context.ask(MoveMasterKey {.to = **to}), print);
}

int masterKeyRotate(const CommandContext &context)
{
    const QString question = u"Rotate the master key? Nobody notices, but backups of the database from before need the key of before: "
                             "export that one first, if nobody has."_s;
    if (!context.isConfirmed(question))
        return Refused;
    return context.show(context.ask(RotateMasterKey {}), [](const MasterKeyView &key) {
        print(key);
        printLine(u"\nBackups from now on need this key: `warderd master-key export` gives it for the safe."_s);
    });
}

int masterKeyExport(const CommandContext &context)
{
    const QString path = context.parser.value(u"to-file"_s);
    if (path.isEmpty() && !context.parser.isSet(u"stdout"_s) && !platform::isOutputTerminal())
        return wrongUsage(u"the master key goes to a terminal, to a new file with --to-file PATH, or elsewhere only with --stdout"_s);
    auto key = context.ask(ExportMasterKey {});
    if (!key)
        return fail(key.error());
    const auto leaving = qScopeGuard([&key] { wipe(key->text); });
    if (!path.isEmpty()) {
        const auto written = writeToSafe(path, key->text);
        if (!written)
            return fail(written.error());
        printLine(u"Written to %1. %2"_s.arg(path, exportedWords));
        return Done;
    }
    return context.show(key, [](const ExportedMasterKey &exported) {
        printLine(exported.text);
        printQuestion(exportedWords + "\n"_L1);
    });
}

int masterKeyImport(const CommandContext &context)
{
    return withExported(context.parser, [&context](const QString &text, std::optional<MasterKeySource> to) {
        return context.show(context.ask(ImportMasterKey {.text = text, .to = to}), print);
    });
}

int masterKeyImportAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser)
{
    return withExported(parser,
                        [&](const QString &text, std::optional<MasterKeySource> to) { return restoreAlone(options, settings, text, to); });
}

} // namespace warder
