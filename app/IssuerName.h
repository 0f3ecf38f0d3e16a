#pragma once

#include "core/config/ListenPoint.h"

#include <QList>

namespace warder {

class Core;
class Settings;

/// How tokens name a server whose settings do not say it: by where it listens. The owner guards it.
class IssuerName final
{
public:
    explicit IssuerName(Core &core) : m_core(core) {}

    /// Whether tokens are to name a port that the system is still to choose.
    bool isLacking(const Settings &settings) const;

    /// Does nothing where the settings in force say it. While no thread issues or verifies tokens.
    void takeFrom(const QList<ListenPoint> &places);

private:
    Core &m_core;
    bool m_isTaken = false; ///< Once: tokens of an earlier start stay good.
};

} // namespace warder
