// ... header

namespace Meta;

partial class KindController : global::Krait.IWebSocketController<global::Meta.KindController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<string> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::Meta.KindController>
        global::Krait.IWebSocketController<global::Meta.KindController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::Meta.KindController, string, string>
        {
            Pattern = "/kinds",
            Delivery = global::Krait.MessageDelivery.Event,
            Metadata = [
                new global::Meta.KindsAttribute(
                    (object)null!,
                    new object[] {
                        'x',
                        '\'',
                        "quote \" backslash \\ line \n bell \a \u2028",
                        true,
                        (byte)(1),
                        (sbyte)(-1),
                        (short)(-2),
                        (ushort)(2),
                        -2147483648,
                        4294967295U,
                        -9223372036854775808L,
                        18446744073709551615UL,
                        1.5F,
                        float.NaN,
                        0.1D,
                        double.NegativeInfinity,
                        -0D,
                        (global::Meta.Colors)(3),
                        (global::Meta.Colors)(64),
                        typeof(int),
                        typeof(global::System.Collections.Generic.Dictionary<,>),
                        typeof(global::System.Collections.Generic.List<string>),
                        typeof(int[]),
                        new object[] { 1, "two", (object)null! } }
                ) {
                    Colors = (global::Meta.Colors)(-1),
                    Type = typeof(global::Meta.KindsAttribute),
                    Names = new string[] { "a", "b" },
                    @default = "{0}" },
            ],
            Create = static _ => new global::Meta.KindController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                controller.Hear(message);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
