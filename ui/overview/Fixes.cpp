#include "ui/overview/Fixes.h"

#include "ui/overview/fixes/FixChecks.h"

#include <algorithm>
#include <array>

namespace warder {
namespace {

/// The worst first; advice goes behind all others.
constexpr auto allChecks = std::to_array<fix_checks::Check>({
    fix_checks::ofNeededMails,   fix_checks::ofAdmins,          fix_checks::ofPlainHttp,      fix_checks::ofProxiesAnywhere,
    fix_checks::ofMissingLimits, fix_checks::ofInsecureCookies, fix_checks::ofBackups,        fix_checks::ofSpace,
    fix_checks::ofMasterKey,     fix_checks::ofOtherMasterKeys, fix_checks::ofMissingBackoff, fix_checks::ofMails,
    fix_checks::ofOtherHosts,    fix_checks::ofCommonPasswords, fix_checks::ofOldKey,         fix_checks::ofMissingStandby,
    fix_checks::ofDefaultIssuer, fix_checks::ofOnlyAdmin,       fix_checks::ofOldHashes,      fix_checks::ofBreachCheck,
    fix_checks::ofEndlessRecord,
});

} // namespace

QList<Fix> Fixes::of(const FixFacts &facts)
{
    QList<Fix> fixes;
    for (const fix_checks::Check check : allChecks) {
        if (const std::optional<Fix> found = check(facts))
            fixes += *found;
    }
    std::ranges::stable_sort(fixes, {}, [](const Fix &fix) { return fix.tone == Tone::Info; });
    return fixes;
}

} // namespace warder
