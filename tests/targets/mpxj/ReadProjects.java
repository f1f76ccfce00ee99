// Reads MSPDI files with MPXJ and writes as JSON what they hold; `java -cp 'lib/*' ReadProjects.java FILE...`.
// Beside it, for each class that MPXJ has generated from an element of the schema, the order of what is in it.

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.xml.bind.annotation.XmlType;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpxj.Duration;
import org.mpxj.ProjectFile;
import org.mpxj.Relation;
import org.mpxj.Resource;
import org.mpxj.ResourceAssignment;
import org.mpxj.Task;
import org.mpxj.TimeUnit;
import org.mpxj.cpm.MicrosoftScheduler;
import org.mpxj.reader.UniversalProjectReader;

public class ReadProjects {
    static final Map<String, String> ELEMENTS = Map.of(
        "Project", "Project",
        "Calendar", "Project$Calendars$Calendar",
        "WeekDay", "Project$Calendars$Calendar$WeekDays$WeekDay",
        "Task", "Project$Tasks$Task",
        "PredecessorLink", "Project$Tasks$Task$PredecessorLink",
        "ExtendedAttributes/ExtendedAttribute", "Project$ExtendedAttributes$ExtendedAttribute",
        "Task/ExtendedAttribute", "Project$Tasks$Task$ExtendedAttribute",
        "Resource", "Project$Resources$Resource",
        "Assignment", "Project$Assignments$Assignment");

    public static void main(String[] files) throws Exception {
        Map<String, Object> order = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : ELEMENTS.entrySet()) {
            Class<?> kind = Class.forName("org.mpxj.mspdi.schema." + each.getValue());
            order.put(each.getKey(), kind.getAnnotation(XmlType.class).propOrder());
        }
        Map<String, Object> read = new LinkedHashMap<>();
        for (String file : files) {
            ProjectFile project = new UniversalProjectReader().read(file);
            if (project == null) {
                read.put(file, null);
                continue;
            }
            Map<String, Object> found = told(project);
            found.put("scheduled", scheduled(project));
            read.put(file, found);
        }
        System.out.println(new ObjectMapper().writeValueAsString(Map.of("order", order, "files", read)));
    }

    // What a scheduler that follows the ways of Microsoft Project makes of it, by the number of the task.
    static Map<Integer, List<String>> scheduled(ProjectFile project) throws Exception {
        Map<Integer, List<String>> found = new LinkedHashMap<>();
        if (project.getProjectProperties().getStartDate() == null) {
            return found;
        }
        for (Task task : project.getTasks()) {
            if (!task.getSummary()) {
                // The scheduler asks how much is done.
                task.setActualDuration(Duration.getInstance(0, TimeUnit.DAYS));
                task.setRemainingDuration(task.getDuration());
            }
        }
        new MicrosoftScheduler().schedule(project, project.getProjectProperties().getStartDate());
        for (Task task : project.getTasks()) {
            found.put(task.getUniqueID(), List.of(text(task.getStart()), text(task.getFinish())));
        }
        return found;
    }

    static Map<String, Object> told(ProjectFile project) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("title", project.getProjectProperties().getProjectTitle());
        found.put("start", text(project.getProjectProperties().getStartDate()));
        List<Boolean> works = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            works.add(project.getDefaultCalendar().isWorkingDay(day));
        }
        found.put("works", works);
        Map<String, Object> resources = new LinkedHashMap<>();
        for (Resource each : project.getResources()) {
            if (each.getName() != null) {
                resources.put(each.getName(), pair("email", each.getEmailAddress(), "generic", each.getGeneric()));
            }
        }
        found.put("resources", resources);
        List<String> errors = new ArrayList<>();
        for (Exception each : project.getIgnoredErrors()) {
            errors.add(each.toString());
        }
        found.put("errors", errors);
        List<Object> tasks = new ArrayList<>();
        for (Task task : project.getTasks()) {
            tasks.add(told(task));
        }
        found.put("tasks", tasks);
        return found;
    }

    static Map<String, Object> told(Task task) {
        Map<String, Object> found = pair("uid", task.getUniqueID(), "name", task.getName());
        found.put("guid", text(task.getGUID()));
        found.put("level", task.getOutlineLevel());
        found.put("outline", task.getOutlineNumber());
        found.put("parent", task.getParentTask() == null ? null : task.getParentTask().getUniqueID());
        found.put("start", text(task.getStart()));
        found.put("finish", text(task.getFinish()));
        found.put("deadline", text(task.getDeadline()));
        found.put("duration", text(task.getDuration()));
        found.put("constraint", text(task.getConstraintType()));
        found.put("not_before", text(task.getConstraintDate()));
        found.put("milestone", task.getMilestone());
        found.put("summary", task.getSummary());
        found.put("notes", task.getNotes());
        found.put("key", task.getText(1));
        found.put("role", task.getText(2));
        found.put("condition", task.getText(3));
        List<String> assigned = new ArrayList<>();
        for (ResourceAssignment each : task.getResourceAssignments()) {
            assigned.add(each.getResource().getName());
        }
        found.put("resources", assigned);
        List<Object> after = new ArrayList<>();
        for (Relation link : task.getPredecessors()) {
            after.add(List.of(
                link.getPredecessorTask().getUniqueID(),
                link.getType().toString(),
                link.getLag().getDuration(),
                link.getLag().getUnits().toString()));
        }
        found.put("after", after);
        return found;
    }

    static Map<String, Object> pair(String first, Object one, String second, Object other) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put(first, one);
        found.put(second, other);
        return found;
    }

    static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
