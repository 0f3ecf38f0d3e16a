#pragma once

#include "tests/app/KeptWarders.h"
#include "tests/app/WarderProcess.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace warder::test {

/// A test of commands, each on the database alone and through the server that holds it: the global row "served".
class CommandTest : public QObject
{
    Q_OBJECT
protected Q_SLOTS:
    void initTestCase_data();
    void cleanupTestCase() { QVERIFY(m_kept.end()); }

protected:
    /// For cleanup(), where nothing is kept: ends the server, if there is one. Sanitizers have the last word.
    void end();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_warder;
    KeptWarders m_kept;
};

} // namespace warder::test
