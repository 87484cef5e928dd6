namespace Krait;

/// <summary>
/// Keeps contents out of the log of the category <c>Krait.Traffic</c>: of messages of a type, of a member of messages, or of all
/// messages of a controller.
/// </summary>
/// <remarks>
/// On a property or field of JSON messages, Krait writes <c>***</c> in place of its value. Where Krait cannot find the value,
/// as with other codecs and with converters, it hides the whole payload. Mark the property of the class itself, not that of
/// an interface. Types that derive from a marked type are marked with it. The attribute changes nothing of what is sent.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SensitiveAttribute : Attribute;
