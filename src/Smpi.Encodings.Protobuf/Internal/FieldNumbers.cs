using Smpi.Generators;

namespace Smpi;

/// <summary>Which number each member has: <c>[Field]</c> and the lock before the order of declaration.</summary>
internal static class FieldNumbers
{
    private const int Most = 536_870_911;

    /// <summary>Numbers the members of a type.</summary>
    /// <param name="type">The type's name, with its namespace.</param>
    /// <param name="members">The names of the members in order of declaration.</param>
    /// <param name="given">Their <c>[Field]</c> numbers; 0 for none.</param>
    /// <param name="locked">The lock; null for none.</param>
    public static int[] Assign(string type, string[] members, int[] given, LockFile? locked)
    {
        IReadOnlyDictionary<string, LockedField>? kept = locked?.Fields(type);
        IReadOnlyCollection<int> reserved = locked?.ReservedBy(type) ?? [];
        // A type that the lock knows only appends; numbers of members that are gone are not used again.
        bool isLocked = kept is { Count: > 0 };
        int next = isLocked ? kept!.Values.Select(static f => f.Number).Concat(reserved).Max() : 0;
        int[] numbers = new int[members.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            LockedField? committed = kept?.GetValueOrDefault(members[i]);
            if (given[i] != 0 && committed is not null && committed.Number != given[i])
                throw new EncodingException($"{type}.{members[i]} has the number {given[i]} by [Field] and {committed.Number} in the lock; restore {committed.Number}.");
            numbers[i] = given[i] != 0 ? given[i] : committed?.Number ?? (isLocked ? ++next : i + 1);
        }

        Check(type, members, numbers, reserved);
        return numbers;
    }

    private static void Check(string type, string[] members, int[] numbers, IReadOnlyCollection<int> reserved)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            int number = numbers[i], other = Array.IndexOf(numbers, number);
            if (number is < 1 or > Most or (>= 19_000 and <= 19_999))
                throw new EncodingException($"{type}.{members[i]} has the number {number}; numbers go from 1 to {Most} without 19000 to 19999.");
            if (other < i) throw new EncodingException($"{type}.{members[other]} and {type}.{members[i]} both have the number {number}; give one of them another with [Field].");
            if (reserved.Contains(number)) throw new EncodingException($"{type}.{members[i]} has the number {number}, which is reserved for a member that was removed.");
        }
    }
}
