namespace Krait;

/// <summary>
/// Hides contents in the log category <c>Krait.Traffic</c>: the messages of a type, a member of messages, or all messages of a
/// controller.
/// </summary>
/// <remarks>
/// On a property or field of JSON messages, Krait writes <c>***</c> in place of its value. Where Krait cannot find the value, as
/// with other codecs and with converters, it hides the whole payload. Mark the property of the class itself, not that of an
/// interface. Types that derive from a marked type are marked with it. The attribute does not change the sent messages.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SensitiveAttribute : Attribute;
