#pragma once

#include "core/console/orders/MasterKey.h"

#include <QWidget>

#include <optional>

class QLabel;
class QToolButton;

namespace warder {

struct Confirmation;

/// Where the master key is, in a line, with what can be done about it. Knows no console: who owns it gives the orders. GUI thread.
class MasterKeyLine final : public QWidget
{
    Q_OBJECT
public:
    explicit MasterKeyLine(QWidget *parent);

    void present(const MasterKeyView &key);
    const MasterKeyView &key() const { return m_key; }
    /// Where Move… leads; empty: nowhere.
    std::optional<MasterKeySource> otherPlace() const;

    // `machine`: where the server runs and commands are to be given; empty: here.
    static Confirmation beforeMove(MasterKeySource to, const QString &machine);
    static Confirmation beforeRotation(const QString &machine);
    static QString moved(const MasterKeyView &key);
    static QString rotated(const MasterKeyView &key, const QString &machine);

Q_SIGNALS:
    void moveWanted();
    void rotationWanted();

private:
    static QString inWords(MasterKeySource source);
    static QString exportOn(const QString &machine);

    MasterKeyView m_key;
    QLabel *m_where;
    QToolButton *m_move;
    QToolButton *m_rotate;
};

} // namespace warder
