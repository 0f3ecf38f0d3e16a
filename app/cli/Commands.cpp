#include "app/cli/Commands.h"

#include "core/base/Text.h"
#include "core/config/Duration.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString importHelp =
    u"FILE is CSV with names in its first line, JSON (an array of objects, an object a line, or Firebase's export) or an SQLite\n"
    "database; - is stdin. It holds e-mail address and password hash (Argon2, bcrypt, scrypt or PBKDF2 as Django, Better Auth\n"
    "and Firebase have them) or password, and may hold id, name, roles, disabled, email_verified and created_at; the usual other\n"
    "names of these are known. Passwords are hashed first, one after the other: a thousand take about a minute. A UUID stays the\n"
    "id of its account; of any other id a UUID is made. Nothing is imported where one line is wrong; every fault is told with\n"
    "its line. What was written of an import that is stopped or fails is taken out again, but for who has signed in by then. Where\n"
    "no server runs, root reads FILE as the owner of the data directory: - is for one that this user may not read."_s;

const QString inviteHelp =
    u"Needs mail.transport. The link is good for seven days, and so are those of mails before it. Where no server runs, the next one sends\n"
    "the mail. Of somebody who was invited already and has not been there, name and roles stay as they are: `user edit` changes them."_s;

const QString importKeyHelp =
    u"FILE is PEM (PKCS#8, PKCS#1, SEC1; encrypted as well, which asks for the passphrase) or a JWK, which keeps its kid. The key must\n"
    "be for tokens.algorithm. It is published at once and stands by; what stood by before is revoked, having signed nothing."_s;

const QString importFormerHelp =
    u"FILE holds the SECRET_KEY (HS256) of the backend that was there before, as text. Import its users first. Its access tokens\n"
    "(sub is an e-mail address or the id of an account, exp, no kid) then tell GET /me who asks, and nothing else: whoever\n"
    "wants more signs in. They are refused once the account is disabled, has another password or was signed out everywhere."_s;

const QString scheduleHelp =
    u"Durations from 1d on, such as 90d; 0: never by itself. What is chosen here is stored (warder.stored.conf in the data directory) and in\n"
    "force at once; a setting of warder.conf, the environment or the command line wins over it, and then it is refused here."_s;

const QString editHelp =
    u"What is not given stays. --role gives exactly these roles (--role '' takes all away). Roles and address are in /me at once\n"
    "and in the tokens at their next refresh; sessions stay. A new address counts as not verified."_s;

const QString deleteHelp =
    u"The account goes for good after accounts.delete_after (30 days, unless the settings say otherwise). Until then nobody signs in to it,\n"
    "its address stays taken, `user list --deleted` lists it and `user restore` gives it back. With --now it goes at once."_s;

const QString resetMfaHelp =
    u"Authenticator apps, recovery codes, trusted browsers and passkeys go; the password stays and signs in alone, until its owner sets up\n"
    "another factor, which mfa.required may demand at once. Passkeys stay where nothing else signs in to the account.\n"
    "Make sure first that it is the owner who asks."_s;

const QString tuneHelp =
    u"Measures hashes of the algorithm in force (passwords.algorithm) where the server runs, beside everything else, and changes nothing\n"
    "without --apply. Argon2id gets more memory before more passes, and never less than 19 MiB, two passes and one lane; bcrypt never\n"
    "less than cost 10. MIB is for all passwords that are hashed at once, which are as many as passwords.hashing_threads says."_s;

const QString listSessionsHelp =
    u"In TEXT, user:ann@example.com is the whole address of a user, address:10.0.0.1 or address:10.0.0.0/8 where sessions were opened,\n"
    "device:edge or 'device:\"Edge, Windows\"' a part of their device, since:2h, since:7d or since:2026-10-01 (UTC) that they were opened\n"
    "since then, and state:ended those alone that ended within a day. Words beside these are looked for, too."_s;

const QString statusHelp = u"Exits with 0 only while it serves; with 1 when it is stopped, paused, or has a problem that means down."_s;

const QString restartHelp =
    u"Puts in force what `warderd server reload` names as waiting. Nobody is signed out; requests wait or are refused meanwhile. Where it\n"
    "cannot open with these settings it goes on with those of before, and `warderd server status` says why."_s;

const QString moveHelp =
    u"The key is written, read back and compared before it leaves its old place. To `credential` or `environment`, which Warder only\n"
    "reads: makes sure that it is there, and removes it from file or keychain. A keychain belongs to one user of a desktop and is lost\n"
    "with it: export the key first."_s;

const QString rotateHelp = u"Nobody has to sign in again. Backups of the database from before need the key of before."_s;

const QString exportHelp =
    u"Who has it and the database can sign tokens; without it a backup of the database restores nothing. Prints to a terminal, to a new\n"
    "file, or elsewhere only with --stdout."_s;

const QString importMasterKeyHelp = u"Only the key of this database is taken, and a mistyped character is named by its place."_s;

const QString createBackupHelp =
    u"Beside everything else: nobody waits. FILE is a path that is not there yet, for the server's own user; without one it is named by the\n"
    "time and lies in backup.directory, where the newest backup.keep stay. It is an SQLite file that holds no master key. What a running\n"
    "server began goes on if this command is stopped."_s;

const QString verifyBackupHelp =
    u"FILE is a path, or a name in backup.directory. Exits with 1 where it is damaged, not as it was written, or made by a newer Warder."_s;

const QString restoreBackupHelp =
    u"FILE is a path, or a name in backup.directory. Says first which users, sessions and keys differ; --dry-run says only that. The\n"
    "database of before is kept beside, and --undo puts it back. A server that runs makes all ready beside everything else, and then opens\n"
    "anew within a second or two, as the same process; for --other-key none may run. Nobody who was signed in then counts as a thief."_s;

const QString mailStatusHelp = u"Exits with 1 where nothing can be sent as the settings are, or a template of your own has a fault."_s;

const QString mailTestHelp =
    u"Waits for the mail server, half a minute at most. Exits with 1 where it did not take the mail, and says what it said."_s;

const QString mailPreviewHelp = u"`warderd mail status` lists the kinds. Templates of your own are looked at as well."_s;

const QString addProviderHelp =
    u"KIND is google, microsoft (--tenant), apple (--team, --key-id), github, gitlab, discord, or oidc (--issuer) for any other that speaks\n"
    "OpenID Connect. Register there first, and tell it the redirect URI that is printed; without --callback that is the one of the Next.js\n"
    "package on the site of oauth.frontend, or of the first of http.allowed_origins. The secret of apple is the file AuthKey_….p8, with\n"
    "--secret-stdin. docs/providers.md has the steps for each."_s;

const QString editProviderHelp =
    u"What is not given stays. --scope and --callback give exactly these. Name, kind, issuer and tenant stay for ever: accounts of people\n"
    "there hang on them."_s;

const QString testProviderHelp =
    u"Reads its document and its keys, and asks with a made-up code whether it knows the client. Exits with 1 where one step is bad."_s;

const QString removeProviderHelp =
    u"All that links accounts of people there to accounts here goes with it. `warderd provider edit NAME --disable` keeps it."_s;

const QString addLimitHelp =
    u"NAME is of small letters, digits and _. It needs --rate and --route. A route is a group of Warder's routes (login, refresh, …), a\n"
    "path (/me/password), a path with its method (\"POST /login\"), or all below a path (\"/me/*\"). `warderd limit try` with the same\n"
    "options says first what it would have done. It holds at once."_s;

const QString setLimitHelp =
    u"What is not given stays; --route gives exactly these. Of the limits of wrong passwords only numbers, and whether they hold, can be\n"
    "changed: --rate 4/12h looks at 4 of them without a wait and forgets them after 12 hours, --longest is the longest wait. A limit\n"
    "that a settings file, the environment or the command line sets is changed there."_s;

const QString tryLimitHelp =
    u"Replays the requests that the server remembers (of a day at most, rate_limit.recorded of them) against a limit as it would be with\n"
    "these options, or a new one of that name, and changes nothing. Successful sign-ins among the denied are people whom it would have\n"
    "kept out. Only requests of routes that have a group, or a limit that is on, are remembered: one with --action alert is enough, and\n"
    "lets all of them through."_s;

const QString unblockHelp =
    u"By all limits at once. An account's owner who cannot sign in because others guess at it gets in again: give the e-mail address."_s;

const QString exemptHelp =
    u"NETWORK is an address or a network such as 203.0.113.0/24 or 2001:db8::/32. No limit counts its requests, and no wrong password\n"
    "makes it wait; wrong second factors do, since they count for the account. Given again, it has the new end and reason."_s;

const QString blockHelp =
    u"NETWORK is an address or a network such as 203.0.113.0/24 or 2001:db8::/32. Every request from there is answered with 403, but\n"
    "for the health routes. Given again, it has the new end and reason."_s;

const QString auditListHelp =
    u"Newest first, of the last day (--last). --user and --address are whole ones; WHAT is such as login_failed, and --type takes the same\n"
    "word. `warderd audit export` has all of them."_s;

const QString auditVerifyHelp =
    u"Each record holds a hash of itself and the one before. Exits with 1 where one was changed, moved or removed. Who can write the\n"
    "database can make a whole new chain: keep the head that this prints on another machine, and give it with --head the next time."_s;

const QString auditExportHelp =
    u"A JSON object a line on stdout, with number and hash, as they were written. --after goes on where the last export ended; --follow\n"
    "waits for more while a server runs, so that another machine has them at once."_s;

const QString alarmListHelp =
    u"An alarm that comes again within its episode (an hour; a problem of the server a day) is counted in its row, which has the\n"
    "particulars of the last time. Those that are done are listed with --all or --state done, and kept for a year."_s;

} // namespace

std::optional<QString> CommandContext::given(const QString &option) const
{
    return parser.isSet(option) ? std::optional(parser.value(option)) : std::nullopt;
}

std::optional<QStringList> CommandContext::allGiven(const QString &option) const
{
    return parser.isSet(option) ? std::optional(parser.values(option)) : std::nullopt;
}

Result<std::optional<Seconds>> CommandContext::durationGiven(const QString &option) const
{
    const auto typed = given(option);
    if (!typed)
        return std::nullopt;
    if (const auto duration = parseDuration(*typed); duration && *duration > Seconds {0})
        return duration;
    return refused(ErrorCode::InvalidInput, u"--%1 is a duration, such as 15m or 7d, not %2"_s.arg(option, shortened(*typed)));
}

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
        {.words = u"user invite"_s, .arguments = u"EMAIL"_s,
         .text = u"Create an account whose owner sets the password by a mail; or send that mail again."_s,
         .options = {u"name"_s, u"role"_s}, .leastArguments = 1, .mostArguments = 1, .run = userInvite, .repeated = {u"role"_s},
         .more = inviteHelp, .opening = Opening::Add},
        {.words = u"user import"_s, .arguments = u"FILE"_s, .text = u"Create the accounts of a CSV, JSON or SQLite file, all or none."_s,
         .options = {u"dry-run"_s, u"skip-existing"_s, u"map"_s, u"table"_s, u"firebase"_s}, .leastArguments = 1, .mostArguments = 1,
         .run = userImport, .more = importHelp, .opening = Opening::Add},
        {u"user list"_s, u"[TEXT]"_s, u"All accounts, or those with TEXT in e-mail or name."_s, {u"deleted"_s}, 0, 1, userList},
        {u"user show"_s, u"EMAIL|ID"_s, u"One account with its live sessions."_s, {}, 1, 1, userShow},
        {.words = u"user edit"_s, .arguments = u"EMAIL|ID"_s, .text = u"Change name, e-mail address or roles."_s,
         .options = {u"name"_s, u"email"_s, u"role"_s, u"add-role"_s, u"remove-role"_s}, .leastArguments = 1, .mostArguments = 1,
         .run = userEdit, .repeated = {u"role"_s, u"add-role"_s, u"remove-role"_s}, .more = editHelp},
        {u"user disable"_s, u"EMAIL|ID"_s, u"Refuse sign-ins and end all sessions."_s, {}, 1, 1, userDisable},
        {u"user enable"_s, u"EMAIL|ID"_s, u"Allow sign-ins again."_s, {}, 1, 1, userEnable},
        {.words = u"user delete"_s, .arguments = u"EMAIL|ID"_s, .text = u"Delete the account and end all sessions. Asks first."_s,
         .options = {u"now"_s, u"yes"_s}, .leastArguments = 1, .mostArguments = 1, .run = userDelete, .more = deleteHelp},
        {u"user restore"_s, u"EMAIL|ID"_s, u"Take a deletion back, until the account has gone for good."_s, {}, 1, 1, userRestore},
        {.words = u"user set-password"_s, .arguments = u"EMAIL|ID"_s, .text = u"Set a new password and end all sessions. Asks for it."_s,
         .options = {u"password-stdin"_s, u"must-change"_s}, .leastArguments = 1, .mostArguments = 1, .run = userSetPassword,
         .ask = askForNewPassword},
        {.words = u"user reset-mfa"_s, .arguments = u"EMAIL|ID"_s,
         .text = u"Take away second factors of who has lost them, and end all sessions. Asks first."_s, .options = {u"yes"_s},
         .leastArguments = 1, .mostArguments = 1, .run = userResetMfa, .more = resetMfaHelp},
        {.words = u"password tune"_s, .text = u"What a password hash costs on this machine, and the settings that fit it."_s,
         .options = {u"target"_s, u"memory"_s, u"apply"_s}, .run = passwordTune, .more = tuneHelp},
        {.words = u"session list"_s, .arguments = u"[TEXT]"_s,
         .text = u"Live sessions, or those with TEXT in e-mail, device or address."_s, .options = {u"ended"_s}, .mostArguments = 1,
         .run = sessionList, .more = listSessionsHelp},
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
        {.words = u"key schedule"_s, .text = u"When keys rotate and leave by themselves, and change that."_s,
         .options = {u"access"_s, u"refresh"_s, u"csrf"_s, u"spent"_s}, .run = keySchedule, .more = scheduleHelp},
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
        {.words = u"backup create"_s, .arguments = u"[FILE]"_s, .text = u"Back the database up, while the server runs or not."_s,
         .mostArguments = 1, .run = backupCreate, .more = createBackupHelp},
        {.words = u"backup list"_s, .text = u"Backups in backup.directory, and whether they are good."_s, .run = backupList,
         .runOnSettings = backupListAlone},
        {.words = u"backup verify"_s, .arguments = u"FILE"_s, .text = u"Read all of a backup, and say whether it would restore."_s,
         .leastArguments = 1, .mostArguments = 1, .run = backupVerify, .more = verifyBackupHelp, .runOnSettings = backupVerifyAlone},
        {.words = u"backup restore"_s, .arguments = u"[FILE]"_s, .text = u"Put a backup in the place of the database. Asks first."_s,
         .options = {u"dry-run"_s, u"other-key"_s, u"undo"_s, u"yes"_s}, .mostArguments = 1, .run = backupRestore,
         .more = restoreBackupHelp, .runOnSettings = backupRestoreAlone},
        {.words = u"mail list"_s, .arguments = u"[TEXT]"_s, .text = u"Mails of the last week, or those to an address with TEXT in it."_s,
         .options = {u"state"_s}, .mostArguments = 1, .run = mailList},
        {.words = u"mail status"_s, .text = u"Where mails go, how many wait, and what is wrong with settings and templates."_s,
         .run = mailStatus, .more = mailStatusHelp},
        {.words = u"mail retry"_s, .arguments = u"[ID…]"_s, .text = u"Try mails at once, as if for the first time."_s,
         .options = {u"failed"_s}, .mostArguments = 1000, .run = mailRetry},
        {.words = u"mail drop"_s, .arguments = u"ID…"_s, .text = u"Never send mails that wait or failed. Asks first."_s,
         .options = {u"yes"_s}, .leastArguments = 1, .mostArguments = 1000, .run = mailDrop},
        {.words = u"mail test"_s, .arguments = u"EMAIL"_s, .text = u"Send a test mail at once, and say what became of it."_s,
         .options = {u"language"_s}, .leastArguments = 1, .mostArguments = 1, .run = mailTest, .more = mailTestHelp},
        {.words = u"mail preview"_s, .arguments = u"KIND"_s, .text = u"What a mail says, with made-up values."_s,
         .options = {u"language"_s, u"html"_s}, .leastArguments = 1, .mostArguments = 1, .run = mailPreview, .more = mailPreviewHelp},
        {.words = u"alarm list"_s, .arguments = u"[TEXT]"_s,
         .text = u"Alarms that nobody has called done, or those of them with TEXT in address or account."_s,
         .options = {u"state"_s, u"all"_s}, .mostArguments = 1, .run = alarmList, .more = alarmListHelp},
        {.words = u"alarm seen"_s, .arguments = u"[ID…]"_s, .text = u"Say that you have seen alarms: they ring no more."_s,
         .options = {u"all"_s}, .mostArguments = 1000, .run = alarmSeen},
        {.words = u"alarm done"_s, .arguments = u"[ID…]"_s,
         .text = u"Say that alarms are dealt with: the next of their kind is a new one."_s,
         .options = {u"all"_s}, .mostArguments = 1000, .run = alarmDone},
        {.words = u"provider list"_s, .text = u"Providers that sign people in, and how often they did."_s, .run = providerList},
        {.words = u"provider show"_s, .arguments = u"NAME"_s, .text = u"One provider, with the redirect URIs to register there."_s,
         .leastArguments = 1, .mostArguments = 1, .run = providerShow},
        {.words = u"provider add"_s, .arguments = u"KIND"_s, .text = u"Let people sign in by a provider. Asks for the client's secret."_s,
         .options = {u"client-id"_s, u"secret-stdin"_s, u"name"_s, u"label"_s, u"issuer"_s, u"tenant"_s, u"team"_s, u"key-id"_s, u"scope"_s,
                     u"callback"_s, u"trust-email"_s},
         .leastArguments = 1, .mostArguments = 1, .run = providerAdd, .ask = askForProviderSecret,
         .repeated = {u"scope"_s, u"callback"_s}, .more = addProviderHelp, .opening = Opening::Add},
        {.words = u"provider edit"_s, .arguments = u"NAME"_s, .text = u"Change a provider, or turn it on or off."_s,
         .options = {u"client-id"_s, u"new-secret"_s, u"secret-stdin"_s, u"label"_s, u"team"_s, u"key-id"_s, u"scope"_s, u"callback"_s,
                     u"trust-email"_s, u"enable"_s, u"disable"_s},
         .leastArguments = 1, .mostArguments = 1, .run = providerEdit, .ask = askForNewProviderSecret,
         .repeated = {u"scope"_s, u"callback"_s}, .more = editProviderHelp},
        {.words = u"provider test"_s, .arguments = u"NAME"_s, .text = u"Go the way of a sign-in as far as it goes without a person."_s,
         .leastArguments = 1, .mostArguments = 1, .run = providerTest, .more = testProviderHelp},
        {.words = u"provider remove"_s, .arguments = u"NAME"_s, .text = u"Forget a provider and all identities there. Asks first."_s,
         .options = {u"yes"_s}, .leastArguments = 1, .mostArguments = 1, .run = providerRemove, .more = removeProviderHelp},
        {.words = u"limit list"_s, .text = u"Limits of requests and of wrong passwords, and whom they count."_s, .run = limitList},
        {.words = u"limit show"_s, .arguments = u"NAME"_s, .text = u"One limit, what it counted, and whom most."_s, .leastArguments = 1,
         .mostArguments = 1, .run = limitShow},
        {.words = u"limit add"_s, .arguments = u"NAME"_s, .text = u"A limit of your own for some routes."_s,
         .options = {u"rate"_s, u"route"_s, u"key"_s, u"action"_s, u"title"_s, u"disable"_s}, .leastArguments = 1, .mostArguments = 1,
         .run = limitAdd, .repeated = {u"route"_s}, .more = addLimitHelp},
        {.words = u"limit set"_s, .arguments = u"NAME"_s, .text = u"Change a limit, or turn it on or off."_s,
         .options = {u"rate"_s, u"route"_s, u"key"_s, u"action"_s, u"title"_s, u"longest"_s, u"enable"_s, u"disable"_s},
         .leastArguments = 1, .mostArguments = 1, .run = limitSet, .repeated = {u"route"_s}, .more = setLimitHelp},
        {.words = u"limit reset"_s, .arguments = u"NAME"_s, .text = u"Make one of Warder's own limits what the settings say again."_s,
         .leastArguments = 1, .mostArguments = 1, .run = limitReset},
        {.words = u"limit remove"_s, .arguments = u"NAME"_s, .text = u"Forget a limit that was added. Asks first."_s, .options = {u"yes"_s},
         .leastArguments = 1, .mostArguments = 1, .run = limitRemove},
        {.words = u"limit try"_s, .arguments = u"NAME"_s, .text = u"What a limit would have done to the requests of the last day."_s,
         .options = {u"rate"_s, u"route"_s, u"key"_s, u"action"_s, u"title"_s, u"longest"_s, u"enable"_s, u"disable"_s},
         .leastArguments = 1, .mostArguments = 1, .run = limitTry, .repeated = {u"route"_s}, .more = tryLimitHelp},
        {.words = u"limit held"_s, .arguments = u"[ADDRESS|EMAIL]"_s, .text = u"Who is held back now, by which limits, until when."_s,
         .options = {u"last"_s}, .mostArguments = 1, .run = limitHeld},
        {.words = u"limit unblock"_s, .arguments = u"ADDRESS|EMAIL"_s, .text = u"Let somebody go on who is held back."_s,
         .leastArguments = 1, .mostArguments = 1, .run = limitUnblock, .more = unblockHelp},
        {.words = u"limit exempt"_s, .arguments = u"NETWORK"_s, .text = u"Let no limit hold for a network, but that of wrong second factors."_s,
         .options = {u"for"_s, u"reason"_s}, .leastArguments = 1, .mostArguments = 1, .run = limitExempt, .more = exemptHelp},
        {.words = u"limit block"_s, .arguments = u"NETWORK"_s, .text = u"Refuse all that comes from a network."_s,
         .options = {u"for"_s, u"reason"_s}, .leastArguments = 1, .mostArguments = 1, .run = limitBlock, .more = blockHelp},
        {.words = u"limit networks"_s, .text = u"Networks that are exempt or blocked, until when and why."_s, .run = limitNetworks},
        {.words = u"limit forget"_s, .arguments = u"ID|NETWORK"_s, .text = u"A network is neither exempt nor blocked any more."_s,
         .leastArguments = 1, .mostArguments = 1, .run = limitForget},
        {.words = u"limit stats"_s, .text = u"What each limit allowed and denied, and how many it holds back."_s, .run = limitStats},
        {.words = u"limit history"_s, .arguments = u"[NAME]"_s, .text = u"What a limit, or all of them, allowed and denied when."_s,
         .options = {u"last"_s}, .mostArguments = 1, .run = limitHistory},
        {.words = u"audit list"_s, .text = u"Who did what, from where."_s,
         .options = {u"type"_s, u"user"_s, u"address"_s, u"last"_s}, .run = auditList, .repeated = {u"type"_s}, .more = auditListHelp},
        {.words = u"audit verify"_s, .text = u"Whether nobody changed or removed a record."_s, .options = {u"head"_s},
         .run = auditVerify, .more = auditVerifyHelp},
        {.words = u"audit export"_s, .text = u"All records, oldest first, as JSON lines."_s,
         .options = {u"after"_s, u"follow"_s}, .run = auditExport, .more = auditExportHelp},
        {.words = u"server status"_s, .text = u"Whether a server runs on the data directory, and where it listens."_s, .run = serverStatus,
         .more = statusHelp},
        {u"server pause"_s, {}, u"Answer 503 to all but the health routes; connections stay."_s, {}, 0, 0, serverPause},
        {u"server resume"_s, {}, u"Serve again."_s, {}, 0, 0, serverResume},
        {u"server reload"_s, {}, u"Read settings and certificate again, without losing a request; as SIGHUP does."_s, {}, 0, 0,
         serverReload},
        {.words = u"server restart"_s, .text = u"Open the server anew in its process, with the settings of now; back within seconds."_s,
         .run = serverRestart, .more = restartHelp},
        {.words = u"server console"_s, .text = u"For a window that may not open the console's socket: passes its orders on, from stdin."_s,
         .runAlone = serverConsole},
        {.words = u"server socket"_s, .text = u"Where the console's socket of the running server is: a window elsewhere asks by ssh."_s,
         .runAlone = serverSocket},
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
