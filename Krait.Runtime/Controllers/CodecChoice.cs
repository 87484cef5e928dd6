using Krait.CompilerServices;

namespace Krait.Controllers;

/// <summary>The codecs of an endpoint by the subprotocol of the connection. Thread-safe.</summary>
internal sealed class CodecChoice<TSelf, TReceive, TSend>
    where TSelf : class
{
    private readonly ControllerDescriptor<TSelf, TReceive, TSend> _descriptor;
    private readonly CodecBinder _binder;
    private readonly Dictionary<string, ConnectionCodecs<TReceive, TSend>> _declared = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ConnectionCodecs<TReceive, TSend>? _other;

    /// <summary>Makes the codecs for every subprotocol that the controller declares.</summary>
    /// <exception cref="InvalidOperationException">A codec cannot be made.</exception>
    public CodecChoice(ControllerDescriptor<TSelf, TReceive, TSend> descriptor, IServiceProvider services)
    {
        _descriptor = descriptor;
        _binder = new(services, typeof(TSelf).Name);
        foreach (var protocol in descriptor.Protocols)
            _declared[protocol] = Make(protocol);

        if (descriptor.Protocols.Count == 0 || !descriptor.ProtocolRequired)
            _other = Make(null);
    }

    /// <summary>The codecs of the best subprotocol, or those without one.</summary>
    public ConnectionCodecs<TReceive, TSend> Preferred =>
        _descriptor.Protocols.Count > 0 ? _declared[_descriptor.Protocols[0]] : _other!;

    /// <summary>Returns the codecs of a connection.</summary>
    /// <param name="protocol">Its subprotocol; [OnUpgrade] may have accepted one that is not declared.</param>
    /// <exception cref="InvalidOperationException">There are no codecs for it.</exception>
    public ConnectionCodecs<TReceive, TSend> Of(string? protocol)
    {
        if (protocol is not null && _declared.TryGetValue(protocol, out var codecs))
            return codecs;

        lock (_gate)
            return _other ??= Make(null);
    }

    private ConnectionCodecs<TReceive, TSend> Make(string? protocol)
    {
        _binder.Protocol = protocol;
        return new(_descriptor.Decoder(_binder), _descriptor.Encoder(_binder)) { Protocol = protocol };
    }
}
