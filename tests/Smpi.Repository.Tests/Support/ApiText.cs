using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Smpi.Repository.Tests;

/// <summary>The public types and members of an assembly, one per line, in an order that does not depend on the compiler.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(ApiName.Full, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (string line in type.GetMembers(Declared).Select(Line).OfType<string>().Distinct().Order(StringComparer.Ordinal)) text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Head(Type type)
    {
        IEnumerable<Type> bases = type.GetInterfaces().Where(one => one.IsVisible).OrderBy(ApiName.Of, StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) && parent != typeof(MulticastDelegate)) bases = bases.Prepend(parent);
        string list = type.IsEnum ? " : " + ApiName.Of(Enum.GetUnderlyingType(type)) : bases.Any() ? " : " + string.Join(", ", bases.Select(ApiName.Of)) : "";
        return $"{Kind(type)} {ApiName.Full(type)}{list}{ApiName.Constraints(type.IsGenericType ? type.GetGenericArguments() : [])}";
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return "enum";
        if (typeof(Delegate).IsAssignableFrom(type)) return "delegate";
        if (type.IsValueType) return type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct";
        string record = type.GetMethod("<Clone>$") is null ? "class" : "record";
        return type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract " + record : type.IsSealed ? "sealed " + record : record;
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) => $"{Access(constructor)}.ctor({ApiName.Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && IsListed(method) => Method(method),
        PropertyInfo property when Accessors(property) is { Length: > 0 } accessors => Property(property, accessors),
        EventInfo { AddMethod: { } add } one when IsVisible(add) => $"{Access(add)}event {ApiName.Of(one.EventHandlerType!)} {one.Name}",
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => Field(field),
        _ => null,
    };

    private static string Method(MethodInfo method)
    {
        Type[] arguments = method.GetGenericArguments();
        string generic = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => argument.Name))}>";
        return $"{Access(method)}{ApiName.Of(method.ReturnType)} {method.Name}{generic}({ApiName.Parameters(method)}){ApiName.Constraints(arguments)}";
    }

    private static string Property(PropertyInfo property, MethodInfo[] accessors)
    {
        string index = property.GetIndexParameters() is { Length: > 0 } ? $"[{string.Join(", ", property.GetIndexParameters().Select(ApiName.Parameter))}]" : "";
        IEnumerable<string> verbs = accessors.Select(accessor => accessor.ReturnType != typeof(void) ? "get" : IsInit(accessor) ? "init" : "set");
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(accessors[0])}{required}{ApiName.Of(property.PropertyType)} {property.Name}{index} {{ {string.Join("; ", verbs)} }}";
    }

    private static string Field(FieldInfo field) => field.DeclaringType!.IsEnum
        ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
        : $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{ApiName.Of(field.FieldType)} {field.Name}";

    private static MethodInfo[] Accessors(PropertyInfo property) => [.. new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(IsVisible)];

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Accessors stand with their properties, and what the compiler writes for a record says nothing new.
    private static bool IsListed(MethodInfo method) =>
        !method.Name.Contains('<', StringComparison.Ordinal)
        && !(method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Access(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic) return access + "static ";
        if (method.DeclaringType!.IsInterface) return method.IsAbstract ? access : access + "virtual ";
        if (method.IsAbstract) return access + "abstract ";
        return method is MethodInfo { IsVirtual: true, IsFinal: false } one ? access + (one.GetBaseDefinition() == one ? "virtual " : "override ") : access;
    }
}
