using System.Diagnostics.Metrics;

namespace Market.Meters;

/// <summary>Listens to the meters of Krait and of the runtime, and adds a snapshot each second.</summary>
/// <param name="meters">The meters of this application. Other applications in the process have other ones.</param>
/// <param name="history">Takes the snapshots.</param>
/// <param name="clock">The clock.</param>
public sealed class MeterReader(IMeterFactory meters, MeterHistory history, TimeProvider clock) : BackgroundService
{
    /// <summary>How long an interval is.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly MeterTotals totals = new(clock.GetUtcNow().UtcDateTime);

    private MeterListener? listener;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        listener = Listen(); // before the server takes requests, so that no connection is missed
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        listener?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            listener!.RecordObservableInstruments();
            history.Add(totals.TakeSnapshot(clock.GetUtcNow().UtcDateTime));
        }
    }

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                var meter = instrument.Meter;
                if (meter.Name == "Krait" ? meter.Scope == meters : meter.Name == "System.Runtime")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => totals.Record(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => totals.Record(instrument.Name, value, tags));
        listener.Start();
        return listener;
    }
}
