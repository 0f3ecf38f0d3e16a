#include "app/cli/Commands.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString importHelp =
    u"FILE is CSV with names in its first line, JSON (an array of objects, or an object a line) or an SQLite database;\n"
    "- is stdin. It holds e-mail address and password hash (Argon2 or bcrypt), and may hold id, name, roles, disabled,\n"
    "email_verified and created_at; the usual other names of these are known. A UUID stays the id of its account; of\n"
    "any other id a UUID is made. Nothing is imported where one line is wrong; every fault is told with its line.\n"
    "Where no server runs, root reads FILE as the owner of the data directory: - is for one that this user may not read."_s;

const QString importKeyHelp =
    u"FILE is PEM (PKCS#8, PKCS#1, SEC1; encrypted as well, which asks for the passphrase) or a JWK, which keeps its kid. The key must\n"
    "be for tokens.algorithm. It is published at once and stands by; what stood by before is revoked, having signed nothing."_s;

const QString importFormerHelp =
    u"FILE holds the SECRET_KEY (HS256) of the backend that was there before, as text. Import its users first. Its access tokens\n"
    "(sub is an e-mail address or the id of an account, exp, no kid) then tell GET /me who asks, and nothing else: whoever\n"
    "wants more signs in. They are refused once the account is disabled, has another password or was signed out everywhere."_s;

const QString editHelp =
    u"What is not given stays. --role gives exactly these roles (--role '' takes all away). Roles and address are in /me at once\n"
    "and in the tokens at their next refresh; sessions stay. A new address counts as not verified."_s;

const QString statusHelp = u"Exits with 0 only while it serves; with 1 when it is stopped, paused, or has a problem that means down."_s;

const QString moveHelp =
    u"The key is written, read back and compared before it leaves its old place. To `credential` or `environment`, which Warder only\n"
    "reads: makes sure that it is there, and removes it from file or keychain. A keychain belongs to one user of a desktop and is lost\n"
    "with it: export the key first."_s;

const QString rotateHelp = u"Nobody has to sign in again. Backups of the database from before need the key of before."_s;

const QString exportHelp =
    u"Who has it and the database can sign tokens; without it a backup of the database restores nothing. Prints to a terminal, to a new\n"
    "file, or elsewhere only with --stdout."_s;

const QString importMasterKeyHelp = u"Only the key of this database is taken, and a mistyped character is named by its place."_s;

} // namespace

bool CommandContext::isConfirmed(const QString &question) const
{
    if (parser.isSet(u"yes"_s))
        return true;
    printQuestion(question + u" [y/N] "_s);
    const QString answer = QTextStream(stdin).readLine().trimmed().toLower();
    return answer == "y"_L1 || answer == "yes"_L1;
}

const QList<Command> &commands()
{
    // clang-format off: a row a command
    static const QList<Command> table {
        {.words = u"serve"_s, .text = u"Serve HTTP until told to stop (SIGTERM, Ctrl+C)."_s, .runOnSettings = serve},
        {.words = u"user add"_s, .arguments = u"EMAIL"_s, .text = u"Create an account. Asks for the password."_s,
         .options = {u"name"_s, u"role"_s, u"password-stdin"_s, u"password-hash-stdin"_s}, .leastArguments = 1, .mostArguments = 1,
         .run = userAdd, .ask = askForNewUser, .repeated = {u"role"_s}, .opening = Opening::Add},
        {.words = u"user import"_s, .arguments = u"FILE"_s, .text = u"Create the accounts of a CSV, JSON or SQLite file, all or none."_s,
         .options = {u"dry-run"_s, u"skip-existing"_s, u"map"_s, u"table"_s}, .leastArguments = 1, .mostArguments = 1,
         .run = userImport, .more = importHelp, .opening = Opening::Add},
        {u"user list"_s, u"[TEXT]"_s, u"All accounts, or those with TEXT in e-mail or name."_s, {}, 0, 1, userList},
        {u"user show"_s, u"EMAIL|ID"_s, u"One account with its live sessions."_s, {}, 1, 1, userShow},
        {.words = u"user edit"_s, .arguments = u"EMAIL|ID"_s, .text = u"Change name, e-mail address or roles."_s,
         .options = {u"name"_s, u"email"_s, u"role"_s, u"add-role"_s, u"remove-role"_s}, .leastArguments = 1, .mostArguments = 1,
         .run = userEdit, .repeated = {u"role"_s, u"add-role"_s, u"remove-role"_s}, .more = editHelp},
        {u"user disable"_s, u"EMAIL|ID"_s, u"Refuse sign-ins and end all sessions."_s, {}, 1, 1, userDisable},
        {u"user enable"_s, u"EMAIL|ID"_s, u"Allow sign-ins again."_s, {}, 1, 1, userEnable},
        {u"user remove"_s, u"EMAIL|ID"_s, u"Delete the account and end all sessions. Asks first."_s, {u"yes"_s}, 1, 1, userRemove},
        {u"user set-password"_s, u"EMAIL|ID"_s, u"Set a new password and end all sessions. Asks for it."_s, {u"password-stdin"_s}, 1, 1,
         userSetPassword, askForNewPassword},
        {u"session list"_s, u"[TEXT]"_s, u"Live sessions, or those with TEXT in e-mail, device or address."_s, {u"ended"_s}, 0, 1,
         sessionList},
        {u"session revoke"_s, u"[ID…]"_s, u"End sessions by id, or with --user EMAIL all of one account, or --all."_s,
         {u"user"_s, u"all"_s}, 0, 1000, sessionRevoke},
        {u"key list"_s, {}, u"The ring of signing keys."_s, {}, 0, 0, keyList},
        {u"key rotate"_s, {}, u"A new signing key; the old one keeps verifying."_s, {u"purpose"_s}, 0, 0, keyRotate},
        {u"key revoke"_s, u"KID"_s, u"Refuse at once all that a key signed. Asks first."_s, {u"yes"_s}, 1, 1, keyRevoke},
        {.words = u"key import"_s, .arguments = u"FILE"_s, .text = u"Take a private key that was made elsewhere; it signs after the next rotation."_s,
         .options = {u"algorithm"_s, u"passphrase-file"_s}, .leastArguments = 1, .mostArguments = 1, .run = keyImport,
         .ask = askForPassphrase, .more = importKeyHelp},
        {.words = u"key import-former"_s, .arguments = u"FILE"_s, .text = u"Accept tokens of a former backend for a while. Asks first."_s,
         .options = {u"for"_s, u"yes"_s}, .leastArguments = 1, .mostArguments = 1, .run = keyImportFormer, .more = importFormerHelp},
        {u"key consumers"_s, {}, u"Who fetched the public keys since the server started, and whether they have all."_s, {}, 0, 0, keyConsumers},
        {u"key restore"_s, u"KID"_s, u"Take back that a key was rotated or revoked. Asks first."_s, {u"yes"_s}, 1, 1, keyRestore},
        {u"key remove"_s, u"KID"_s, u"Delete a key that nothing alive was signed with, or that is revoked. Asks first."_s, {u"yes"_s}, 1, 1,
         keyRemove},
        {u"master-key show-source"_s, {}, u"Where the key is that all others are sealed under."_s, {}, 0, 0, masterKeyShowSource},
        {.words = u"master-key move"_s, .arguments = u"SOURCE"_s, .text = u"Put the master key elsewhere: file or keychain."_s,
         .leastArguments = 1, .mostArguments = 1, .run = masterKeyMove, .more = moveHelp},
        {.words = u"master-key rotate"_s, .text = u"A new master key; everything is sealed anew. Asks first."_s, .options = {u"yes"_s},
         .run = masterKeyRotate, .more = rotateHelp},
        {.words = u"master-key export"_s, .text = u"Print the master key with a check code, for a safe."_s,
         .options = {u"to-file"_s, u"stdout"_s}, .run = masterKeyExport, .more = exportHelp},
        {.words = u"master-key import"_s, .text = u"Put an exported master key back. Asks for it, or reads a line of stdin."_s,
         .options = {u"to"_s}, .run = masterKeyImport, .more = importMasterKeyHelp, .runOnSettings = masterKeyImportAlone},
        {.words = u"server status"_s, .text = u"Whether a server runs on the data directory, and where it listens."_s, .run = serverStatus,
         .more = statusHelp},
        {u"server pause"_s, {}, u"Answer 503 to all but the health routes; connections stay."_s, {}, 0, 0, serverPause},
        {u"server resume"_s, {}, u"Serve again."_s, {}, 0, 0, serverResume},
        {u"server reload"_s, {}, u"Read settings and certificate again, without losing a request; as SIGHUP does."_s, {}, 0, 0,
         serverReload},
        {.words = u"server console"_s, .text = u"For a window that may not open the console's socket: passes its orders on, from stdin."_s,
         .runAlone = serverConsole},
        {.words = u"config show"_s, .text = u"Every setting, its value and where it comes from."_s, .run = configShow,
         .runOnSettings = configShowOf},
        {.words = u"tls make-local"_s, .text = u"A local authority and a certificate for development."_s, .options = {u"name"_s},
         .runAlone = tlsMakeLocal, .repeated = {u"name"_s}},
        {.words = u"config check"_s, .text = u"Judge file, environment and command line without starting."_s,
         .runOnSettings = configCheck},
        {.words = u"starter"_s, .arguments = u"DIR"_s, .text = u"A Next.js app with sign-in, to begin with, in a new or empty folder."_s,
         .leastArguments = 1, .mostArguments = 1, .handOut = starter},
        {.words = u"nextjs-package"_s, .arguments = u"DIR"_s, .text = u"The npm package for the Next.js app in a folder, as a file there."_s,
         .leastArguments = 1, .mostArguments = 1, .handOut = nextjsPackage},
    };
    // clang-format on
    return table;
}

} // namespace warder
