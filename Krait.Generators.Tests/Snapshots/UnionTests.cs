using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class UnionTests
{
    [Fact]
    public Task The_most_derived_type_comes_first_and_the_base_takes_the_rest() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Move), "move")]
        [JsonDerivedType(typeof(Jump), "jump")]
        [JsonDerivedType(typeof(Say), 3)]
        [JsonDerivedType(typeof(Wave), 4)]
        public interface IAction;

        public record Move(int X) : IAction;

        public sealed record Jump(int X, int Height) : Move(X);

        public sealed class Say : IAction
        {
            public string Text { get; set; } = "";
        }

        public readonly record struct Wave(int Times) : IAction;

        [JsonSerializable(typeof(IAction))]
        internal sealed partial class ActionJson : JsonSerializerContext;

        [WebSocketController("/actions", Receives = typeof(IAction))]
        public sealed partial class ActionController
        {
            [OnMessage]
            void Other(IAction action) => Console.WriteLine(action);

            [OnMessage]
            Move Moved(Move move) => move;

            [OnMessage]
            ValueTask<Jump> Jumped(Jump jump) => new(jump);

            [OnMessage]
            Task Waved(Wave wave) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task A_class_that_is_not_abstract_is_a_union_as_well_and_keywords_are_names() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        namespace @event.@class;

        public static class Outer<T>
        {
            [JsonDerivedType(typeof(Outer<int>.@new), "new")]
            [JsonDerivedType(typeof(Outer<int>.@switch), "switch")]
            internal class @base;

            internal sealed class @new : @base;

            internal sealed class @switch : @base;
        }

        [JsonSerializable(typeof(Outer<int>.@base))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/keywords")]
        internal sealed partial class @case
        {
            [OnMessage]
            void @default(Outer<int>.@new @new) => Console.WriteLine(@new);

            [OnMessage]
            void @return(Outer<int>.@switch match) => Console.WriteLine(match);
        }
        """);

    [Fact]
    public Task Binary_frames_beside_text() => GeneratedCode.Verify("""
        [WebSocketController("/calls", Sends = typeof(RawMessage))]
        public sealed partial class CallController
        {
            [OnMessage]
            void Text(string message) => Console.WriteLine(message);

            [OnMessage]
            async ValueTask<RawMessage> Audio(ReadOnlyMemory<byte> audio, CancellationToken stopping)
            {
                await Task.Delay(1, stopping);
                return new(System.Net.WebSockets.WebSocketMessageType.Binary, audio.ToArray());
            }
        }

        [WebSocketController("/arrays")]
        public sealed partial class ArrayController
        {
            [OnMessage]
            string Text(string message) => message;

            [OnMessage]
            void Pixels(byte[] pixels) => Console.WriteLine(pixels.Length);
        }

        [WebSocketController("/raw")]
        public sealed partial class RawController
        {
            [OnMessage]
            string Text(string message) => message;

            [OnMessage]
            Task Pixels(RawMessage pixels) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Types_of_a_union_have_limits_of_their_own() => GeneratedCode.Verify("""
        using System.Buffers;
        using System.Net.WebSockets;
        using System.Text.Json.Serialization;

        [MaxMessageSize(1024)]
        [JsonDerivedType(typeof(Say), "say")]
        [JsonDerivedType(typeof(Upload), "upload")]
        public abstract record Command;

        public sealed record Say(string Text) : Command;

        [MaxMessageSize(16 * 1024)]
        public sealed record Upload(string File) : Command;

        [JsonSerializable(typeof(Command))]
        internal sealed partial class CommandJson : JsonSerializerContext;

        public sealed class CommandDecoder : IMessageDecoder<Command>
        {
            public Command Decode(in ReceivedMessage message) => new Say("");
        }

        [WebSocketController("/commands", Protocols = "json, pack")]
        [MessageCodec(typeof(CommandDecoder), Protocol = "pack")]
        public sealed partial class CommandController
        {
            [OnMessage]
            void Take(Command command) => Console.WriteLine(command);
        }
        """);
}
