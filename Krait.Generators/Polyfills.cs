#pragma warning disable IDE0130 // The compiler looks for these types where .NET has them.

namespace System
{
    /// <summary>Lets the compiler use list patterns on .NET Standard 2.0.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Lets the compiler use init accessors and records on .NET Standard 2.0.</summary>
    internal static class IsExternalInit;

    /// <summary>Lets the compiler use required members on .NET Standard 2.0.</summary>
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class RequiredMemberAttribute : Attribute;

    /// <inheritdoc cref="RequiredMemberAttribute"/>
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <inheritdoc cref="Runtime.CompilerServices.RequiredMemberAttribute"/>
    [AttributeUsage(AttributeTargets.Constructor)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;
}
