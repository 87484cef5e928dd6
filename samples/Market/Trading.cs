namespace Market;

/// <summary>Runs the rounds of the exchange.</summary>
internal sealed class Trading(Exchange exchange, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Exchange.Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            exchange.Trade();
    }
}
