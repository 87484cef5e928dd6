using System.Globalization;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>Identical input gives identical bytes, wherever and however it is compiled.</summary>
public sealed class SameBytesTests
{
    private static readonly string[] Sources =
    [
        """
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        namespace Ilk.Istanbul;

        public sealed record Item(int Id);

        [JsonSerializable(typeof(Item))]
        internal sealed partial class ItemJson : JsonSerializerContext;

        public sealed class WeightAttribute(double weight, int offset) : Attribute
        {
            public double Weight => weight + offset;
        }

        [Weight(-1234.5, -1)]
        [WebSocketController("/items/{id:int}", Protocols = "i.v2, I.v1", MaxMessageSize = 1234567)]
        public sealed partial class ItemController(int id, [FromQuery] int offset = -1, [FromQuery] double scale = -0.5)
        {
            [OnMessage]
            Item? Take(Item item) => scale > 0 ? item with { Id = id + offset } : null;
        }
        """,
        """
        [WebSocketController("/z")]
        public sealed partial class ıController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }

        [WebSocketController("/y")]
        public sealed partial class IController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }

        [WebSocketController("/x")]
        public sealed partial class iController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """,
    ];

    /// <summary>Names that a generator may stumble over: keywords, namespaces and types that hide those of the framework and of Krait, and no namespace at all.</summary>
    private const string Hostile = """
        namespace App.Krait.System
        {
            public sealed class Task;

            public sealed class String;

            public static partial class @class
            {
                [WebSocketController("/hostile/{event}")]
                public sealed partial class @event(string @event)
                {
                    [OnMessage]
                    string @return(string @params) => @event + @params;
                }
            }
        }

        namespace Krait.Krait
        {
            [WebSocketController("/krait")]
            public sealed partial class KraitController
            {
                [OnMessage]
                string Größe(string 部屋) => 部屋;
            }
        }

        [WebSocketController("/global")]
        public sealed partial class Global
        {
            [OnMessage]
            string Echo(string message) => message;
        }
        """;

    private static readonly Dictionary<string, string> Expected = Generate(Sources);

    [Fact]
    public void There_is_a_file_for_each_controller_and_one_for_the_mapping() => Assert.Equal(5, Expected.Count);

    [Fact]
    public void Sources_with_other_line_ends() =>
        Assert.Equal(Expected, Generate([.. Sources.Select(source => source.ReplaceLineEndings("\r\n"))]));

    [Fact]
    public void Sources_in_another_order() => Assert.Equal(Expected, Generate([.. Enumerable.Reverse(Sources)]));

    [Fact]
    public void A_union_in_several_files_in_another_order()
    {
        string[] sources =
        [
            "[System.Text.Json.Serialization.JsonDerivedType(typeof(Red))] public partial record Colour; [MaxMessageSize(1), Uncompressed] public sealed record Red : Colour;",
            "[System.Text.Json.Serialization.JsonDerivedType(typeof(Green))] public partial record Colour; [MaxMessageSize(2), Uncompressed] public sealed record Green : Colour;",
            """
            public abstract class ColourCodec : IMessageCodec<Colour>
            {
                public abstract Colour Decode(in ReceivedMessage message);

                public abstract System.Net.WebSockets.WebSocketMessageType Encode(Colour message, System.Buffers.IBufferWriter<byte> output);
            }

            public sealed class PaintCodec : ColourCodec
            {
                public override Colour Decode(in ReceivedMessage message) => new Red();

                public override System.Net.WebSockets.WebSocketMessageType Encode(Colour message, System.Buffers.IBufferWriter<byte> output) => default;
            }

            [MessageCodec(typeof(PaintCodec))]
            [WebSocketController("/colours", Compression = true)]
            public sealed partial class PaintController
            {
                [OnMessage]
                Colour Paint(Colour colour) => colour;
            }
            """,
        ];
        var files = sources.Select((source, index) => UserProject.Parse(source, $"Source{index}.cs")).ToArray();
        var project = UserProject.Compile(sources);
        var first = Bytes(project.RemoveSyntaxTrees(project.SyntaxTrees.Take(3)).AddSyntaxTrees(files));
        var second = Bytes(project.RemoveSyntaxTrees(project.SyntaxTrees.Take(3)).AddSyntaxTrees(files.Reverse()));

        Assert.Contains("Green or global::Red", first, StringComparison.Ordinal);
        Assert.Equal(first, second);

        static string Bytes(Microsoft.CodeAnalysis.CSharp.CSharpCompilation project) => string.Concat(GeneratorRun.Of(project).Sources.Select(source => source.SourceText.ToString()));
    }

    [Fact]
    public async Task Hostile_names_compile_and_do_not_depend_on_line_ends()
    {
        var run = await GeneratedCode.Generate(UserProject.Compile(Hostile));

        Assert.Equal(
            run.Sources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()),
            Generate([Hostile.ReplaceLineEndings("\r\n")]));
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Another_culture(string name)
    {
        var culture = CultureInfo.GetCultureInfo(name);
        Assert.False((-1).ToString(culture) == "-1" && culture.TextInfo.ToLower('I') == 'i', "The culture is not a real one: is the ICU library missing?");
        var (before, beforeUI) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            Assert.Equal(Expected, Generate(Sources));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUI);
        }
    }

    private static Dictionary<string, string> Generate(string[] sources) =>
        GeneratorRun.Of(sources).Sources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
}
