using System.Reflection;
using System.Reflection.Emit;

namespace IpMpsc.Tests.Architecture;

/// <summary>The types that a type mentions: in its members, in their signatures and in their code.</summary>
internal static class Dependencies
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<Type> Of(Type type)
    {
        IEnumerable<Type?> mentioned =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. ConstraintsOf(type.GetGenericArguments()),
            .. type.GetFields(Everything).Select(field => field.FieldType),
            .. type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)).SelectMany(OfMethod),
        ];
        return mentioned.OfType<Type>().SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type?> OfMethod(MethodBase method)
    {
        IEnumerable<Type?> signature = method.GetParameters().Select(parameter => parameter.ParameterType);
        signature = signature.Append((method as MethodInfo)?.ReturnType).Concat(ConstraintsOf(method.IsGenericMethod ? method.GetGenericArguments() : []));
        return method.GetMethodBody() is { } body
            ? [.. signature, .. body.LocalVariables.Select(local => local.LocalType), .. OfCode(method, body.GetILAsByteArray()!)]
            : signature;
    }

    /// <summary>The methods that a method calls, in the order of its code.</summary>
    public static IEnumerable<MethodBase> CallsOf(MethodBase method) =>
        method.GetMethodBody() is { } body ? Mentioned(method, body.GetILAsByteArray()!).OfType<MethodBase>() : [];

    private static IEnumerable<Type?> OfCode(MethodBase method, byte[] code)
    {
        foreach (MemberInfo member in Mentioned(method, code))
        {
            yield return member as Type ?? member.DeclaringType;
            yield return (member as FieldInfo)?.FieldType ?? (member as MethodInfo)?.ReturnType;
            foreach (Type argument in member is MethodInfo { IsGenericMethod: true } called ? called.GetGenericArguments() : [])
            {
                yield return argument;
            }
        }
    }

    private static IEnumerable<Type> ConstraintsOf(Type[] arguments) =>
        arguments.Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints());

    private static IEnumerable<MemberInfo> Mentioned(MethodBase method, byte[] code)
    {
        Type[] typeArguments = method.DeclaringType!.GetGenericArguments();
        Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        int at = 0;
        while (at < code.Length)
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = (short)((0xFE << 8) | code[at++]);
            }

            OpCode opCode = s_opCodes[value];
            if (opCode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
            }

            at += SizeOfOperand(opCode, code, at);
        }
    }

    private static int SizeOfOperand(OpCode opCode, byte[] code, int at) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    /// <summary>The type behind arrays, pointers and references, and its type arguments.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        while (type.HasElementType)
        {
            type = type.GetElementType()!;
        }

        return type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}
