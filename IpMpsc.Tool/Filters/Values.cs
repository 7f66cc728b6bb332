using System.Globalization;
using System.Numerics;

namespace IpMpsc.Tool.Filters;

/// <summary>Compares values of messages.</summary>
internal static class Values
{
    /// <summary>Below 0, 0, or above 0; null if the two have no order: one of them is not a number.</summary>
    public static int? Compare(object left, object right)
    {
        if (left is string text)
        {
            return string.CompareOrdinal(text, (string)right);
        }

        (left, right) = (Number(left), Number(right));
        if (left is double || right is double)
        {
            (double first, double second) = (ToDouble(left), ToDouble(right));
            return double.IsNaN(first) || double.IsNaN(second) ? null : first.CompareTo(second);
        }

        if (left is decimal || right is decimal)
        {
            try
            {
                return ToDecimal(left).CompareTo(ToDecimal(right));
            }
            catch (OverflowException)
            {
                return ToDouble(left).CompareTo(ToDouble(right));
            }
        }

        return ((IComparable)left).CompareTo(right);
    }

    /// <summary>Text as such; char and Rune as text of one letter, a position as C# spells it.</summary>
    public static object Plain(object value) => value is char or System.Text.Rune or Index ? value.ToString()! : value;

    /// <summary>Integers of all sizes as one type, floating-point numbers as another; anything else as it is.</summary>
    private static object Number(object value) => value switch
    {
        sbyte or short or int or long or byte or ushort or uint => new BigInteger(((IConvertible)value).ToInt64(CultureInfo.InvariantCulture)),
        ulong it => new BigInteger(it),
        Int128 it => (BigInteger)it,
        UInt128 it => (BigInteger)it,
        Half it => (double)it,
        float it => (double)it,
        _ => value,
    };

    private static double ToDouble(object number) => number switch
    {
        double it => it,
        decimal it => (double)it,
        _ => (double)(BigInteger)number,
    };

    private static decimal ToDecimal(object number) => number is decimal it ? it : (decimal)(BigInteger)number;
}
