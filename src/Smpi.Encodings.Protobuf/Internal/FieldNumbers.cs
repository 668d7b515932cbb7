using System;
using System.Collections.Generic;
using System.Linq;

namespace Smpi;

/// <summary>Which number each member has: the lock before <c>[Field]</c> before the order of declaration.</summary>
/// <remarks>Used by the encoding and by the generator, so it is written for netstandard2.0.</remarks>
internal static class FieldNumbers
{
    private const int Most = 536_870_911;

    /// <summary>Numbers the members of a type.</summary>
    /// <param name="type">The type's name, with its namespace.</param>
    /// <param name="members">The names of the members in order of declaration.</param>
    /// <param name="given">Their <c>[Field]</c> numbers; 0 for none.</param>
    /// <param name="locked">The lock; null for none.</param>
    /// <exception cref="FormatException">Two members have one number, or a number may not be used.</exception>
    public static int[] Assign(string type, IReadOnlyList<string> members, IReadOnlyList<int> given, LockFile? locked)
    {
        IReadOnlyDictionary<string, int>? kept = locked?.NumbersOf(type);
        IReadOnlyList<int> reserved = locked?.ReservedOf(type) ?? Array.Empty<int>();
        int[] numbers = new int[members.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = kept != null && kept.TryGetValue(members[i], out int number) ? number : given[i];

        // A type that the lock knows only appends; numbers of members that are gone are not used again.
        bool appends = kept?.Count > 0 || reserved.Count > 0;
        int next = appends ? kept!.Values.Concat(reserved).Concat(numbers).Max() + 1 : 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] == 0) numbers[i] = appends ? next++ : i + 1;
        }

        Check(type, members, numbers, reserved);
        return numbers;
    }

    private static void Check(string type, IReadOnlyList<string> members, int[] numbers, IReadOnlyList<int> reserved)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            int number = numbers[i], other = Array.IndexOf(numbers, number);
            if (number < 1 || number > Most || (number >= 19_000 && number <= 19_999))
                throw new FormatException($"{type}.{members[i]} has the number {number}; numbers go from 1 to {Most} without 19000 to 19999.");
            if (other < i) throw new FormatException($"{type}.{members[other]} and {type}.{members[i]} both have the number {number}; give one of them another with [Field].");
            if (reserved.Contains(number)) throw new FormatException($"{type}.{members[i]} has the number {number}, which is reserved for a member that was removed.");
        }
    }
}
