namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Has all tests of a class run on a carrier that they do not name: <c>[Trait(Side.Of, Side.WithoutStream)]</c>.</summary>
internal static class Side
{
    public const string Of = "Side";

    /// <summary>As <see cref="Carrier.Http1WithoutStream"/>.</summary>
    public const string WithoutStream = nameof(WithoutStream);

    /// <summary>As <see cref="Carrier.InMemory"/>.</summary>
    public const string InMemory = nameof(InMemory);

    /// <summary>What the running test's class asks for; null if nothing.</summary>
    public static string? Current => TestContext.Current.TestClass?.Traits.GetValueOrDefault(Of)?.SingleOrDefault();
}
