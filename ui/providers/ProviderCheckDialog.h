#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Providers.h"
#include "ui/PageContext.h"
#include "ui/support/Tone.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace warder {

class StateDot;

/// Asks a provider whether it works, and says step by step how far that went; what cannot be told from here is said as well. Closing it
/// takes the question back. GUI thread.
class ProviderCheckDialog final : public QDialog
{
    Q_OBJECT
public:
    ProviderCheckDialog(const PageContext &context, const ProviderView &provider, QWidget *parent);
    ~ProviderCheckDialog() override;

    void start();

private:
    void build(const ProviderView &provider);
    void present(const QList<ProviderCheckView> &steps);
    void presentError(const Error &error);
    void showVerdict(Tone tone, const QString &text);
    void clearSteps();

    PageContext m_context;
    QString m_name;
    StateDot *m_dot;
    QLabel *m_verdict;
    QVBoxLayout *m_steps;
    QPushButton *m_again;
    Answer<QList<ProviderCheckView>> m_asked;
};

} // namespace warder
