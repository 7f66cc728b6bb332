using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using MemoryPack;

namespace IpMpsc.MemoryPack;

/// <summary>
/// Whether a message of a type can contain another one of the same type. MemoryPack reads such a message by recursion of any
/// depth, so a payload that is made for it overflows the stack, which ends the process.
/// </summary>
internal static class Recursion
{
    /// <summary>True if it can, or if that is not known.</summary>
    public static bool IsPossible([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] Type type) => IsPossible(type, []);

    [UnconditionalSuppressMessage(
        "Trimming", "IL2072", Justification = "A program that may be trimmed never looks into the types of members: see the packable types below.")]
    private static bool IsPossible([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] Type type, Stack<Type> path)
    {
        if (path.Contains(type))
        {
            return true;
        }

        path.Push(type);
        bool possible = false;
        if (Parts(type, isOutermost: path.Count == 1) is { } parts)
        {
            foreach (Type part in parts)
            {
                possible |= IsPossible(part, path);
            }
        }
        else
        {
            possible = true;
        }

        path.Pop();
        return possible;
    }

    /// <summary>The types that a message of this type contains; null if they are not known.</summary>
    private static IEnumerable<Type>? Parts([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] Type type, bool isOutermost)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string))
        {
            return [];
        }

        if (type.IsArray)
        {
            return [type.GetElementType()!];
        }

        if (type.GetCustomAttribute<MemoryPackableAttribute>(inherit: false) is not null)
        {
            if (!isOutermost && !RuntimeFeature.IsDynamicCodeSupported)
            {
                return null; // Of a trimmed program's types only the outermost one has all its members.
            }

            Type[] cases = [.. PackedMembers.CasesOf(type).Select(union => union.Type)];
            return cases.Length > 0 ? cases : PackedMembers.Of(type).Select(member => member.Type);
        }

        // What MemoryPack knows itself: values such as DateTime, and collections of other types.
        bool isSystem = type.Namespace is "System" or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Numerics";
        return isSystem && type != typeof(object) ? type.GetGenericArguments() : null;
    }
}
