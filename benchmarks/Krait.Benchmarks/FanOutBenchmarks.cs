using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Krait.Benchmarks;

/// <summary>
/// A message of 128 B goes to 1,000 members, without a kernel, until the pipe of each has it: by a group of SignalR's, and
/// by a room. For each member.
/// </summary>
/// <remarks>
/// A room writes on the thread pool, after sending; that is waited for. SignalR's own copy from that pipe to the WebSocket
/// is left out.
/// </remarks>
public class FanOutBenchmarks
{
    private const int Size = 128;
    private const int Burst = 10;
    private const string Group = "all";

    private readonly FakePipe.Total _ours = new();
    private readonly FakePipe.Total _theirs = new();
    private readonly IRoom<Price> _room;
    private readonly DefaultHubLifetimeManager<Hub> _hub = new(NullLogger<DefaultHubLifetimeManager<Hub>>.Instance);
    private readonly Price _price = new("S", new('x', Size));
    private readonly object?[] _arguments = [new string('x', Size)];
    private long _ourFrames; // bytes of one message, all members' together
    private long _theirRecords;

    public FanOutBenchmarks() => _room = RoomMembers.Fill(_ours);

    [GlobalSetup]
    public async Task Join()
    {
        var protocol = new JsonHubProtocol();
        for (var i = 0; i < RoomMembers.Count; i++)
        {
            var pipes = new Pipes(new Pipe().Reader, new FakePipe(_theirs));
            var connection = new DefaultConnectionContext($"{i}") { Transport = pipes };
            var member = new HubConnectionContext(connection, new(), NullLoggerFactory.Instance) { Protocol = protocol };
            await _hub.OnConnectedAsync(member);
            await _hub.AddToGroupAsync(member.ConnectionId, Group);
        }

        _ourFrames = RoomMembers.Count * (4 + Size);
        ByRoom();
        ByGroup();
        _theirRecords = _theirs.Bytes;
        if (_theirRecords < _ourFrames)
            throw new InvalidOperationException("The group has not sent to everybody.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = RoomMembers.Count)]
    public void ByGroup() => SendToGroup();

    [Benchmark(OperationsPerInvoke = RoomMembers.Count)]
    public void ByRoom()
    {
        var expected = _ours.Bytes + _ourFrames;
        _room.Send(_price);
        _ours.Await(expected);
    }

    /// <summary>For each member and message.</summary>
    [Benchmark(OperationsPerInvoke = RoomMembers.Count * Burst)]
    public void TenByGroup()
    {
        for (var i = 0; i < Burst; i++)
            SendToGroup();
    }

    /// <inheritdoc cref="TenByGroup"/>
    [Benchmark(OperationsPerInvoke = RoomMembers.Count * Burst)]
    public void TenByRoom()
    {
        var expected = _ours.Bytes + (Burst * _ourFrames);
        for (var i = 0; i < Burst; i++)
            _room.Send(_price);

        _ours.Await(expected);
    }

    private void SendToGroup()
    {
        var expected = _theirs.Bytes + _theirRecords;
        var sending = _hub.SendGroupAsync(Group, "price", _arguments);
        if (!sending.IsCompletedSuccessfully || (_theirRecords > 0 && _theirs.Bytes != expected))
            throw new InvalidOperationException("The group has to wait for nobody.");
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
