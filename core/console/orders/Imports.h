#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// An account that has lived elsewhere.
struct ImportedUser
{
    qint64 line = 0; ///< Of the file it stands in, for what is wrong with it.
    Id id;           ///< Kept.
    QString email;
    QString name;
    QStringList roles;
    QString passwordHash;  ///< Kept as it is, in one of the formats that PasswordHasher checks.
    QString password = {}; ///< Where there is no hash: hashed before anybody is written, and nowhere kept.
    bool disabled = false;
    bool emailVerified = false;
    std::optional<TimePoint> createdAt = {}; ///< Absent: now.

    static void members(auto &visit, auto &v)
    {
        visit("line"_L1, v.line, "id"_L1, v.id, "email"_L1, v.email, "name"_L1, v.name, "roles"_L1, v.roles, "password_hash"_L1,
              v.passwordHash, "password"_L1, v.password, "disabled"_L1, v.disabled, "email_verified"_L1, v.emailVerified, "created_at"_L1,
              v.createdAt);
    }
};

struct ImportOptions
{
    bool skipExisting = false; ///< Else an address that has an account already is a fault.
    bool dryRun = false;       ///< Judge only.
    bool keep = false;         ///< Of a dry run: another FinishImport follows, once a person has seen what it would do.
    bool listSkipped = false;  ///< Which they are, however many: for a list of all ids.
    static void members(auto &visit, auto &v)
    {
        visit("skip_existing"_L1, v.skipExisting, "dry_run"_L1, v.dryRun, "keep"_L1, v.keep, "list_skipped"_L1, v.listSkipped);
    }
};

struct UserImportFault
{
    qint64 line = 0;
    QString field;
    QString message; ///< Holds no secret.
    static void members(auto &visit, auto &v) { visit("line"_L1, v.line, "field"_L1, v.field, "message"_L1, v.message); }
};

/// A line whose address has an account already.
struct SkippedUser
{
    qint64 line = 0;
    Id id; ///< Of the account that was there.
    static void members(auto &visit, auto &v) { visit("line"_L1, v.line, "id"_L1, v.id); }
};

struct UserImport
{
    qint64 added = 0;     ///< 0 where there is a fault; of a dry run: how many it would be.
    qint64 passwords = 0; ///< How many of them came with a password in place of a hash: each takes as long as a sign-in.
    qint64 skipped = 0;
    QList<SkippedUser> skippedUsers; ///< Where the options ask for them.
    QList<UserImportFault> faults;   ///< By line, the first 1000.
    qint64 moreFaults = 0;
    static void members(auto &visit, auto &v)
    {
        visit("added"_L1, v.added, "passwords"_L1, v.passwords, "skipped"_L1, v.skipped, "skipped_users"_L1, v.skippedUsers, "faults"_L1,
              v.faults, "more_faults"_L1, v.moreFaults);
    }
};

/// Moves users in, all or none: first in pieces of at most 500, each after the answer to the one before, under an id that the
/// caller makes; then FinishImport hashes the passwords among them and writes, some at a time, so that others write in between; it tells
/// its progress. Who cancels it finds nothing imported, if it was not done by then, but for accounts whose owners have signed in meanwhile,
/// and so does who is refused, where the refusal does not say that some stay; over the local socket that does also who leaves. Of imports
/// that were never finished only the last four are kept, and none whose client has left. One that is over, or was not kept, is NotFound,
/// also for AddToImport.
struct AddToImport : OrderFor<void, "imports.add">
{
    Id import;
    QList<ImportedUser> users;
    static void members(auto &visit, auto &v) { visit("import"_L1, v.import, "users"_L1, v.users); }
};

struct FinishImport : OrderFor<UserImport, "imports.finish">
{
    Id import;
    ImportOptions options = {};
    static void members(auto &visit, auto &v) { visit("import"_L1, v.import, "options"_L1, v.options); }
};

using ImportOrders = std::tuple<AddToImport, FinishImport>;

} // namespace warder
