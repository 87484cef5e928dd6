using System.Reflection;
using System.Reflection.Emit;

namespace Krait.Runtime.Tests.Architecture;

/// <summary>Finds the types that a type mentions: base, interfaces, members and the bodies of its methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static code => code.Value);

    /// <summary>Returns each type once, generic ones as their definition, nested ones as the type around them.</summary>
    public static IReadOnlySet<Type> Of(Type type) => new HashSet<Type>(Mentioned(type).SelectMany(Parts).Select(Outermost));

    /// <summary>The type around a nested type, and around the types that the compiler makes of lambdas and iterators.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type?> Mentioned(Type type) =>
    [
        type.BaseType,
        .. type.GetInterfaces(),
        .. type.GetGenericArguments().SelectMany(static argument => argument.GetGenericParameterConstraints()),
        .. type.GetFields(All).Select(static field => field.FieldType),
        .. type.GetConstructors(All).SelectMany(OfMethod),
        .. type.GetMethods(All).SelectMany(OfMethod),
    ];

    private static IEnumerable<Type?> OfMethod(MethodBase method) =>
    [
        (method as MethodInfo)?.ReturnType,
        .. method.GetParameters().Select(static parameter => parameter.ParameterType),
        .. method.GetMethodBody()?.LocalVariables.Select(static local => local.LocalType) ?? [],
        .. Tokens(method).SelectMany(token => OfMember(Resolve(method, token))),
    ];

    private static IEnumerable<Type?> OfMember(MemberInfo? member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType, field.FieldType],
        MethodInfo method => [method.DeclaringType, method.ReturnType, .. method.GetGenericArguments()],
        _ => [member?.DeclaringType],
    };

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null or { IsGenericParameter: true } => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsConstructedGenericType: true } => [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)],
        _ => [type],
    };

    private static IEnumerable<int> Tokens(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i < code.Length;)
        {
            var value = code[i] == 0xFE ? (short)((0xFE << 8) | code[i + 1]) : code[i];
            var instruction = OpCodesByValue[value];
            i += instruction.Size;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(code, i);

            i += OperandSize(instruction.OperandType, code, i);
        }
    }

    private static int OperandSize(OperandType operand, byte[] code, int start) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, start)),
        _ => 4,
    };
}
