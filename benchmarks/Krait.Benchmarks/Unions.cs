using System.Text.Json.Serialization;

namespace Krait.Benchmarks;

[JsonDerivedType(typeof(Few01), "case01"), JsonDerivedType(typeof(Few02), "case02")]
public abstract record Few(int Id, string Text);

public sealed record Few01(int Id, string Text) : Few(Id, Text);

public sealed record Few02(int Id, string Text) : Few(Id, Text);

[WebSocketController("/few")]
public sealed partial class FewController
{
    public int Last { get; private set; }

    [OnMessage]
    void Take(Few01 message) => Last = message.Id;

    [OnMessage]
    void Take(Few02 message) => Last = message.Id;
}

[JsonDerivedType(typeof(Many01), "case01"), JsonDerivedType(typeof(Many02), "case02")]
[JsonDerivedType(typeof(Many03), "case03"), JsonDerivedType(typeof(Many04), "case04")]
[JsonDerivedType(typeof(Many05), "case05"), JsonDerivedType(typeof(Many06), "case06")]
[JsonDerivedType(typeof(Many07), "case07"), JsonDerivedType(typeof(Many08), "case08")]
[JsonDerivedType(typeof(Many09), "case09"), JsonDerivedType(typeof(Many10), "case10")]
[JsonDerivedType(typeof(Many11), "case11"), JsonDerivedType(typeof(Many12), "case12")]
[JsonDerivedType(typeof(Many13), "case13"), JsonDerivedType(typeof(Many14), "case14")]
[JsonDerivedType(typeof(Many15), "case15"), JsonDerivedType(typeof(Many16), "case16")]
[JsonDerivedType(typeof(Many17), "case17"), JsonDerivedType(typeof(Many18), "case18")]
[JsonDerivedType(typeof(Many19), "case19"), JsonDerivedType(typeof(Many20), "case20")]
[JsonDerivedType(typeof(Many21), "case21"), JsonDerivedType(typeof(Many22), "case22")]
[JsonDerivedType(typeof(Many23), "case23"), JsonDerivedType(typeof(Many24), "case24")]
[JsonDerivedType(typeof(Many25), "case25"), JsonDerivedType(typeof(Many26), "case26")]
[JsonDerivedType(typeof(Many27), "case27"), JsonDerivedType(typeof(Many28), "case28")]
[JsonDerivedType(typeof(Many29), "case29"), JsonDerivedType(typeof(Many30), "case30")]
[JsonDerivedType(typeof(Many31), "case31"), JsonDerivedType(typeof(Many32), "case32")]
public abstract record Many(int Id, string Text);

public sealed record Many01(int Id, string Text) : Many(Id, Text);

public sealed record Many02(int Id, string Text) : Many(Id, Text);

public sealed record Many03(int Id, string Text) : Many(Id, Text);

public sealed record Many04(int Id, string Text) : Many(Id, Text);

public sealed record Many05(int Id, string Text) : Many(Id, Text);

public sealed record Many06(int Id, string Text) : Many(Id, Text);

public sealed record Many07(int Id, string Text) : Many(Id, Text);

public sealed record Many08(int Id, string Text) : Many(Id, Text);

public sealed record Many09(int Id, string Text) : Many(Id, Text);

public sealed record Many10(int Id, string Text) : Many(Id, Text);

public sealed record Many11(int Id, string Text) : Many(Id, Text);

public sealed record Many12(int Id, string Text) : Many(Id, Text);

public sealed record Many13(int Id, string Text) : Many(Id, Text);

public sealed record Many14(int Id, string Text) : Many(Id, Text);

public sealed record Many15(int Id, string Text) : Many(Id, Text);

public sealed record Many16(int Id, string Text) : Many(Id, Text);

public sealed record Many17(int Id, string Text) : Many(Id, Text);

public sealed record Many18(int Id, string Text) : Many(Id, Text);

public sealed record Many19(int Id, string Text) : Many(Id, Text);

public sealed record Many20(int Id, string Text) : Many(Id, Text);

public sealed record Many21(int Id, string Text) : Many(Id, Text);

public sealed record Many22(int Id, string Text) : Many(Id, Text);

public sealed record Many23(int Id, string Text) : Many(Id, Text);

public sealed record Many24(int Id, string Text) : Many(Id, Text);

public sealed record Many25(int Id, string Text) : Many(Id, Text);

public sealed record Many26(int Id, string Text) : Many(Id, Text);

public sealed record Many27(int Id, string Text) : Many(Id, Text);

public sealed record Many28(int Id, string Text) : Many(Id, Text);

public sealed record Many29(int Id, string Text) : Many(Id, Text);

public sealed record Many30(int Id, string Text) : Many(Id, Text);

public sealed record Many31(int Id, string Text) : Many(Id, Text);

public sealed record Many32(int Id, string Text) : Many(Id, Text);

[WebSocketController("/many")]
public sealed partial class ManyController
{
    public int Last { get; private set; }

    [OnMessage]
    void Take(Many01 message) => Last = message.Id;

    [OnMessage]
    void Take(Many02 message) => Last = message.Id;

    [OnMessage]
    void Take(Many03 message) => Last = message.Id;

    [OnMessage]
    void Take(Many04 message) => Last = message.Id;

    [OnMessage]
    void Take(Many05 message) => Last = message.Id;

    [OnMessage]
    void Take(Many06 message) => Last = message.Id;

    [OnMessage]
    void Take(Many07 message) => Last = message.Id;

    [OnMessage]
    void Take(Many08 message) => Last = message.Id;

    [OnMessage]
    void Take(Many09 message) => Last = message.Id;

    [OnMessage]
    void Take(Many10 message) => Last = message.Id;

    [OnMessage]
    void Take(Many11 message) => Last = message.Id;

    [OnMessage]
    void Take(Many12 message) => Last = message.Id;

    [OnMessage]
    void Take(Many13 message) => Last = message.Id;

    [OnMessage]
    void Take(Many14 message) => Last = message.Id;

    [OnMessage]
    void Take(Many15 message) => Last = message.Id;

    [OnMessage]
    void Take(Many16 message) => Last = message.Id;

    [OnMessage]
    void Take(Many17 message) => Last = message.Id;

    [OnMessage]
    void Take(Many18 message) => Last = message.Id;

    [OnMessage]
    void Take(Many19 message) => Last = message.Id;

    [OnMessage]
    void Take(Many20 message) => Last = message.Id;

    [OnMessage]
    void Take(Many21 message) => Last = message.Id;

    [OnMessage]
    void Take(Many22 message) => Last = message.Id;

    [OnMessage]
    void Take(Many23 message) => Last = message.Id;

    [OnMessage]
    void Take(Many24 message) => Last = message.Id;

    [OnMessage]
    void Take(Many25 message) => Last = message.Id;

    [OnMessage]
    void Take(Many26 message) => Last = message.Id;

    [OnMessage]
    void Take(Many27 message) => Last = message.Id;

    [OnMessage]
    void Take(Many28 message) => Last = message.Id;

    [OnMessage]
    void Take(Many29 message) => Last = message.Id;

    [OnMessage]
    void Take(Many30 message) => Last = message.Id;

    [OnMessage]
    void Take(Many31 message) => Last = message.Id;

    [OnMessage]
    void Take(Many32 message) => Last = message.Id;
}
