#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Providers.h"
#include "ui/PageContext.h"

#include <QDialog>

class QPushButton;

namespace warder {

class CheckLines;
class ResultLine;

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

    PageContext m_context;
    QString m_name;
    ResultLine *m_verdict;
    CheckLines *m_steps;
    QPushButton *m_again;
    Answer<QList<ProviderCheckView>> m_asked;
};

} // namespace warder
